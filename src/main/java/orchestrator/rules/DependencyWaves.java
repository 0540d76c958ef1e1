package orchestrator.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts issues that come together into waves: each in the one behind the last of what it depends on,
 * unless a wave is given for it. Pure.
 *
 * @param waves number → wave, of all issues that are in no cycle and behind none
 * @param cycle issues that wait for each other, from the lowest to that one again; empty: none
 */
public record DependencyWaves(Map<Integer, Integer> waves, List<Integer> cycle) {
    /** The wave of an issue that depends on nothing. */
    public static final int FIRST = 1;

    public DependencyWaves {
        waves = Map.copyOf(waves);
        cycle = List.copyOf(cycle);
    }

    /**
     * Computes them, in time proportional to issues and dependencies.
     *
     * @param dependsOn issue → what it depends on; what is no key of it counts only with a wave
     * @param given issue → the wave it has, or that is wanted for it
     */
    public static DependencyWaves of(
            Map<Integer, ? extends Collection<Integer>> dependsOn, Map<Integer, Integer> given) {
        Map<Integer, Integer> waits = new LinkedHashMap<>();
        Map<Integer, List<Integer>> behind = new HashMap<>();
        dependsOn.forEach((issue, others) -> {
            Set<Integer> known = Set.copyOf(others);
            waits.put(issue, 0);
            for (int other : known) {
                if (dependsOn.containsKey(other)) {
                    waits.merge(issue, 1, Integer::sum);
                    behind.computeIfAbsent(other, _ -> new ArrayList<>()).add(issue);
                }
            }
        });
        ArrayDeque<Integer> free = new ArrayDeque<>();
        waits.forEach((issue, count) -> {
            if (count == 0) {
                free.add(issue);
            }
        });
        Map<Integer, Integer> waves = new HashMap<>();
        while (!free.isEmpty()) {
            int issue = free.remove();
            waits.remove(issue);
            waves.put(issue, wave(issue, dependsOn, given, waves));
            for (int next : behind.getOrDefault(issue, List.of())) {
                if (waits.merge(next, -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        return new DependencyWaves(waves, cycle(dependsOn, waits.keySet()));
    }

    private static int wave(
            int issue,
            Map<Integer, ? extends Collection<Integer>> dependsOn,
            Map<Integer, Integer> given,
            Map<Integer, Integer> waves) {
        Integer wanted = given.get(issue);
        if (wanted != null) {
            return wanted;
        }
        int wave = FIRST;
        for (int other : Optional.ofNullable(dependsOn.get(issue)).orElseThrow()) {
            Integer at = waves.getOrDefault(other, given.get(other));
            if (at != null) {
                wave = Math.max(wave, at + 1);
            }
        }
        return Math.min(wave, WaveBounds.LAST_WAVE);
    }

    /** Each of these waits for another of them: whoever goes from one to the next comes around. */
    private static List<Integer> cycle(
            Map<Integer, ? extends Collection<Integer>> dependsOn, Set<Integer> stuck) {
        if (stuck.isEmpty()) {
            return List.of();
        }
        Map<Integer, Integer> places = new HashMap<>();
        List<Integer> path = new ArrayList<>();
        int at = Collections.min(stuck);
        while (places.putIfAbsent(at, path.size()) == null) {
            path.add(at);
            at =
                    Optional.ofNullable(dependsOn.get(at)).orElseThrow().stream()
                            .filter(stuck::contains)
                            .findFirst()
                            .orElseThrow();
        }
        List<Integer> cycle =
                new ArrayList<>(
                        path.subList(
                                Optional.ofNullable(places.get(at)).orElseThrow(), path.size()));
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        cycle.add(cycle.getFirst());
        return cycle;
    }
}

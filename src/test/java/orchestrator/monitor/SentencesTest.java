package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AttemptKind;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.RestartCause;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event is a sentence. */
class SentencesTest {
    /** One event of every type there is, whatever types are added. */
    static Stream<Event> everyType() throws ReflectiveOperationException {
        List<Event> events = new ArrayList<>();
        for (Class<?> type : leaves(Event.class)) {
            events.add((Event) any(type));
        }
        return events.stream();
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            if (type.isSealed()) {
                found.addAll(leaves(type));
            } else {
                found.add(type);
            }
        }
        return found;
    }

    private static Object any(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Optional.class
                    ? Optional.of(any(generic.getActualTypeArguments()[0]))
                    : generic.getRawType() == List.class ? List.of("word") : Map.of();
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return "word";
        }
        if (raw == Instant.class) {
            return Demo.NOW;
        }
        if (raw == IssueId.class) {
            return Demo.id(1);
        }
        if (raw == AgentOutcome.class) {
            return Demo.done();
        }
        if (raw == boolean.class) {
            return true;
        }
        if (raw == int.class || raw == Integer.class) {
            return 1;
        }
        if (raw == long.class) {
            return 1L;
        }
        if (raw == double.class) {
            return 1.0;
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        RecordComponent[] components = raw.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = any(components[i].getGenericType());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = raw.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void every_event_is_one_sentence_without_a_full_stop(Event event) {
        String sentence = Sentences.of(event, Optional.of(Why.of("a rule", "a fact")));
        assertThat(sentence).isNotBlank().doesNotEndWith(".").doesNotContain("\n", "Optional[");
        assertThat(sentence.charAt(0)).matches(Character::isLetter);
    }

    @Test
    void what_looks_like_a_secret_is_not_shown() {
        String secret = "glpat-" + "a1B2".repeat(6);
        Event parked = new Event.IssueParked(Demo.id(1), "it said " + secret);
        assertThat(Sentences.of(parked, Optional.empty())).endsWith("it said glpat-•••");
        Event ending =
                new Event.AttemptEnding(Demo.id(1), "a", orchestrator.model.EndCause.STALLED);
        assertThat(Sentences.of(ending, Optional.of(Why.of("stalled", "key " + secret))))
                .contains("key glpat-•••")
                .doesNotContain(secret);
    }

    @Test
    void a_decision_shows_the_facts_it_rests_on() {
        Event event = new Event.AttemptEnding(Demo.id(1), "a", orchestrator.model.EndCause.STALLED);
        assertThat(Sentences.of(event, Optional.of(Why.of("stalled", "no output for 903 s"))))
                .contains("no output for 903 s");
    }

    @Test
    void what_needs_a_person_is_a_warning_and_what_goes_well_is_none() {
        assertThat(view(new Event.IssueParked(Demo.id(1), "why")).warning()).isTrue();
        assertThat(view(new Event.IssueCompleted(Demo.id(1))).warning()).isFalse();
        assertThat(view(new Event.IssueCompleted(Demo.id(1))).issue()).contains(Demo.id(1));
        assertThat(view(new Event.RunStopping("me")).issue()).isEmpty();
    }

    @Test
    void a_stage_that_a_stop_cut_short_is_said_to_go_on_not_to_be_restarted() {
        EventView stopped = view(restart(RestartCause.RESUMED));
        assertThat(stopped.sentence()).contains("goes on with the next launch");
        assertThat(stopped.warning()).isFalse();
        EventView failed = view(restart(RestartCause.FAILED));
        assertThat(failed.sentence()).contains("is restarted");
        assertThat(failed.warning()).isTrue();
    }

    private static Event restart(RestartCause cause) {
        return new Event.RestartPlanned(
                Demo.id(1), AttemptKind.CONTINUE, false, cause, "a hint", Demo.NOW);
    }

    private static EventView view(Event event) {
        return Sentences.view(new TimedEvent(1, Demo.NOW, event, Optional.empty()));
    }
}

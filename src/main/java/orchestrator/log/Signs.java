package orchestrator.log;

import java.util.List;

/**
 * Some texts of which any is looked for in the bytes of a file, all in one go: one after the other
 * they would look at the same bytes again and again. Immutable.
 */
final class Signs {
    private final List<Needle> needles;
    private final boolean[] rare = new boolean[256];

    /** ASCII is the same without regard to case where {@code matchCase} is false. */
    Signs(List<String> texts, boolean matchCase) {
        needles = texts.stream().map(text -> Needle.of(text, matchCase).orElseThrow()).toList();
        needles.forEach(needle -> needle.markRarest(rare));
    }

    /** A place where one stands in {@code from..to}, none of them before it; or −1. */
    int next(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            while (at < to && !rare[bytes[at] & 0xff]) {
                at++;
            }
            for (int i = 0; at < to && i < needles.size(); i++) {
                int begin = needles.get(i).around(bytes, from, at, to);
                if (begin >= 0) {
                    return begin;
                }
            }
        }
        return -1;
    }
}

package orchestrator.store;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** How JSON is read and written here: as trees, or token by token where there is much of it. */
final class StoreJson {
    /** Numbers come out of a tree as they went in. */
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /** For a value that others follow. */
    static final ObjectReader PARTS =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StoreJson() {}

    /** A class of its own: who only reads tokens need not load what makes trees. */
    static final class Tokens {
        private static final JsonFactory FACTORY = new JsonFactory();

        private Tokens() {}

        /** Of UTF-8 text. */
        static JsonParser of(byte[] bytes, int from, int length) {
            return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length);
        }
    }
}

package orchestrator.forge;

import tools.jackson.databind.json.JsonMapper;

/** What reads the tools' answers; made with the first of them, since to make it takes its time. */
final class ForgeJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ForgeJson() {}
}

package orchestrator.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.model.Usage;
import tools.jackson.databind.JsonNode;

/**
 * Adds up what a stream says was used. A message comes in several lines that repeat its usage, so
 * each counts once by its id; a result settles everything before it: its cost and {@code
 * modelUsage} are totals of the process, its plain {@code usage} only what came since the result
 * before.
 */
final class UsageCount {
    // Lines of one message follow each other closely; more need not be remembered.
    private static final int REMEMBERED = 512;

    private final Map<String, Usage> messages =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Usage> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private Usage settled = Usage.NONE;
    private Usage open = Usage.NONE;

    void message(JsonNode message) {
        JsonNode usage = message.path("usage");
        String id = Json.text(message, "id");
        if (!usage.isObject() || id.isEmpty()) {
            return;
        }
        Usage now = plain(usage, 0);
        Usage before = messages.put(id, now);
        open = open.plus(now);
        if (before != null) {
            open = open.plus(negative(before));
        }
    }

    void result(JsonNode result) {
        double cost =
                result.path("total_cost_usd").isNumber()
                        ? Json.amount(result, "total_cost_usd")
                        : settled.costUsd();
        JsonNode models = result.path("modelUsage");
        JsonNode usage = result.path("usage");
        Usage tokens;
        if (models.isObject() && !models.isEmpty()) {
            tokens = models(models);
        } else if (usage.isObject() && !usage.isEmpty()) {
            tokens = settled.plus(plain(usage, 0));
        } else {
            tokens = settled.plus(open);
        }
        settled = withCost(tokens, cost);
        open = Usage.NONE;
        messages.clear();
    }

    Usage total() {
        return settled.plus(open);
    }

    private static Usage models(JsonNode models) {
        Usage sum = Usage.NONE;
        for (JsonNode model : models) {
            sum =
                    sum.plus(
                            new Usage(
                                    Json.count(model, "inputTokens"),
                                    Json.count(model, "outputTokens"),
                                    Json.count(model, "cacheReadInputTokens"),
                                    Json.count(model, "cacheCreationInputTokens"),
                                    0));
        }
        return sum;
    }

    private static Usage plain(JsonNode usage, double cost) {
        return new Usage(
                Json.count(usage, "input_tokens"),
                Json.count(usage, "output_tokens"),
                Json.count(usage, "cache_read_input_tokens"),
                Json.count(usage, "cache_creation_input_tokens"),
                cost);
    }

    private static Usage withCost(Usage u, double cost) {
        return new Usage(
                u.inputTokens(),
                u.outputTokens(),
                u.cacheReadTokens(),
                u.cacheCreationTokens(),
                cost);
    }

    private static Usage negative(Usage u) {
        return new Usage(
                -u.inputTokens(),
                -u.outputTokens(),
                -u.cacheReadTokens(),
                -u.cacheCreationTokens(),
                -u.costUsd());
    }
}

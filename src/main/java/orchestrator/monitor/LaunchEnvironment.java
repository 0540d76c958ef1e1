package orchestrator.monitor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of the launcher's environment that agents get. A tmux window sees its server's
 * environment, which may be days old and have another PATH: so what agents need is passed on by us.
 */
final class LaunchEnvironment {
    private static final List<String> NAMES =
            List.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "SHELL",
                    "LANG",
                    "LANGUAGE",
                    "TZ",
                    "TMPDIR",
                    "JAVA_HOME",
                    "SSH_AUTH_SOCK",
                    "SSH_AGENT_PID",
                    "GPG_AGENT_INFO",
                    "IS_SANDBOX",
                    "XDG_CONFIG_HOME",
                    "XDG_CACHE_HOME",
                    "XDG_DATA_HOME",
                    "XDG_RUNTIME_DIR",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "ALL_PROXY",
                    "NODE_EXTRA_CA_CERTS",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR");
    private static final List<String> PREFIXES =
            List.of(
                    "LC_",
                    "ANTHROPIC_",
                    "CLAUDE_",
                    "AWS_",
                    "GOOGLE_",
                    "CLOUD_ML_",
                    "VERTEX_",
                    "OPENAI_",
                    "GH_",
                    "GITHUB_",
                    "GITLAB_",
                    "GLAB_",
                    "GIT_AUTHOR_",
                    "GIT_COMMITTER_",
                    "GIT_CONFIG_",
                    "GIT_SSH",
                    "NVM_",
                    "PYENV_",
                    "CARGO_",
                    "RUSTUP_",
                    "GOPATH",
                    "MAVEN_",
                    "NPM_",
                    "npm_config_");

    private LaunchEnvironment() {}

    /** What is passed on; values with a newline cannot be and are left out. */
    static Map<String, String> select(Map<String, String> environment) {
        Map<String, String> selected = new TreeMap<>();
        environment.forEach((name, value) -> {
            boolean wanted = NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
            if (wanted && value.indexOf('\n') < 0) {
                selected.put(name, value);
            }
        });
        // A worker started from within an agent must not take itself for a part of that agent's
        // session.
        selected.remove("CLAUDE_CODE_SESSION_ID");
        selected.remove("CLAUDE_CODE_ENTRYPOINT");
        return selected;
    }
}

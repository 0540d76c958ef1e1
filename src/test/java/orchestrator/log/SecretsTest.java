package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
    // Put together here, so that no scanner takes this file for a leak.
    private static final String TAIL = "Zx9".repeat(14);

    @Test
    void known_secrets_are_masked_wherever_they_stand() {
        for (String prefix :
                List.of(
                        "sk-ant-",
                        "ghp_",
                        "gho_",
                        "github_pat_",
                        "glpat-",
                        "npm_",
                        "xoxb-",
                        "ghs_",
                        "ghu_",
                        "ghr_",
                        "gldt-",
                        "glcbt-",
                        "glptt-",
                        "glft-",
                        "glagent-",
                        "xoxp-",
                        "glrt-",
                        "gloas-",
                        "glsoat-",
                        "AIza",
                        "sk-")) {
            String masked = Secrets.mask("export KEY=\"" + prefix + TAIL + "\"; next");
            assertThat(masked).isEqualTo("export KEY=\"" + prefix + "•••\"; next");
        }
        assertThat(Secrets.mask("id AKIA" + "ABCDEFGH12345678 end")).isEqualTo("id AKIA••• end");
        assertThat(Secrets.mask("ASIA" + "ABCDEFGH12345678")).isEqualTo("ASIA•••");
    }

    @Test
    void headers_and_passwords_in_addresses_are_masked() {
        assertThat(Secrets.mask("-H 'Authorization: Bearer abc.def-123456'"))
                .isEqualTo("-H 'Authorization: Bearer •••'");
        assertThat(Secrets.mask("x-auth: BEARER " + TAIL)).isEqualTo("x-auth: BEARER •••");
        assertThat(Secrets.mask("a bearer " + TAIL)).isEqualTo("a bearer •••");
        assertThat(Secrets.mask("Authorization: Basic dXNlcjpwYXNz"))
                .isEqualTo("Authorization: Basic •••");
        assertThat(Secrets.mask("git clone https://me:hunter22@host/x.git"))
                .isEqualTo("git clone https://me:•••@host/x.git");
    }

    @Test
    void a_private_key_is_masked_with_its_body() {
        String key =
                "-----BEGIN RSA PRIVATE KEY-----\nMIIabc+/=\nZZ\n-----END RSA PRIVATE KEY-----";
        assertThat(Secrets.mask("a " + key + " b"))
                .isEqualTo("a -----BEGIN RSA PRIVATE KEY-----••• b");
    }

    @Test
    void masking_twice_changes_nothing_more_and_ordinary_words_stay() {
        String once = Secrets.mask("ghp_" + TAIL + " and Bearer " + TAIL);
        assertThat(Secrets.mask(once)).isEqualTo(once).doesNotContain(TAIL);
        String plain =
                "the task-sk-1 bearer of news; git@github.com:a/b; http://localhost:8080/x@y; sk-x";
        assertThat(Secrets.mask(plain)).isSameAs(plain);
    }
}

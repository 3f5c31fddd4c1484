package dev.heliograph.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRuleTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'operation':'HANDSHAKE','scope':'IP','rate':5",
                "'operation':'HANDSHAKE','scope':'NODE','rate':0.5,'burst':1,'cidr':'10.0.0.0/8'",
                "'operation':'CONNECTIONS','scope':'USER','max':3,'user':'bot-*'",
                "'operation':'CONNECT','scope':'IP','rate':1",
                "'operation':'PUBLISH','scope':'NAMESPACE','rate':10,'channel':'chat:*','namespace':'chat'",
                "'operation':'SUBSCRIBE','scope':'CONNECTION','rate':10",
                "'operation':'RPC','scope':'USER','rate':10",
                "'operation':'BYTES_IN','scope':'CONNECTION','rate':65536,'burst':1000000"
            })
    void aRuleSurvivesTheStore(String fields) throws JsonProcessingException {
        LimitRule rule = read(fields);
        assertThat(JSON.readValue(JSON.writeValueAsString(rule), LimitRule.class))
                .isEqualTo(rule);
        assertThat(rule.mode()).isEqualTo(LimitRule.Mode.ENFORCE);
    }

    private static LimitRule read(String fields) throws JsonProcessingException {
        return JSON.readValue(("{'mode':'ENFORCE'," + fields + "}").replace('\'', '"'), LimitRule.class);
    }

    @Test
    void theOtherRulesSurviveTheStore() throws JsonProcessingException {
        IpRule ip = new IpRule(IpRule.Kind.BAN, "spam", "ann", 5);
        assertThat(JSON.readValue(JSON.writeValueAsString(ip), IpRule.class)).isEqualTo(ip);
        UserBan ban = new UserBan("spam", "ann", 5);
        assertThat(JSON.readValue(JSON.writeValueAsString(ban), UserBan.class)).isEqualTo(ban);
        Revocation revocation = new Revocation("", "bob", 7, "stolen", "ann", 5);
        assertThat(JSON.readValue(JSON.writeValueAsString(revocation), Revocation.class))
                .isEqualTo(revocation);
    }

    @Test
    void whatIsLeftOutIsFilledIn() throws JsonProcessingException {
        LimitRule rule = read("'operation':'HANDSHAKE','scope':'IP','rate':0.5,'cidr':'10.1.2.3/8'");
        assertThat(rule.burst()).isEqualTo(1);
        assertThat(rule.cidr()).isEqualTo("10.0.0.0/8");
        assertThat(read("'operation':'HANDSHAKE','scope':'IP','rate':20").burst())
                .isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'operation':'HANDSHAKE','scope':'IP'                          | rate must be above 0
        'operation':'HANDSHAKE','scope':'IP','rate':-1                | rate must be above 0
        'operation':'HANDSHAKE','scope':'IP','rate':1,'burst':0.5     | burst must be at least 1
        'operation':'HANDSHAKE','scope':'IP','rate':1,'max':3         | only connections have a max
        'operation':'HANDSHAKE','scope':'USER','rate':1               | HANDSHAKE cannot be limited by USER
        'operation':'HANDSHAKE','scope':'IP','rate':1,'user':'a'      | not known before the handshake
        'operation':'CONNECTIONS','scope':'IP'                        | max must be at least 1
        'operation':'CONNECTIONS','scope':'IP','max':1,'rate':1       | a max, not a rate
        'operation':'CONNECTIONS','scope':'CONNECTION','max':1        | cannot be limited by CONNECTION
        'operation':'RPC','scope':'NAMESPACE','rate':1                | cannot be limited by NAMESPACE
        'operation':'RPC','scope':'USER','rate':1,'channel':'a'       | only publish and subscribe
        'operation':'PUBLISH','scope':'USER','rate':1,'channel':'['   | bad pattern
        'operation':'PUBLISH','scope':'USER','rate':1,'user':'{a'     | bad pattern
        'operation':'PUBLISH','scope':'USER','rate':1,'cidr':'a.b'    | not an IP address
        'operation':'PUBLISH','scope':'USER','rate':0.001,'burst':9   | more than an hour
        'scope':'USER','rate':1                                       | are required
        """)
    void aRuleThatCouldNotWorkIsRefused(String fields, String why) {
        Assertions.assertThatThrownBy(() -> read(fields))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a.b", "-a", "a b", "a\n"})
    void aNameIsPlain(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> LimitRule.requireName(name));
        LimitRule.requireName("chat-publish_1");
    }

    @Test
    void aRevocationIsForATokenOrAUser() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Revocation("", "", 5, "", "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Revocation("a", "b", 5, "", "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Revocation("", "b", 0, "", "", 0));
    }
}

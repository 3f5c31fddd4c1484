package dev.heliograph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.heliograph.server.config.TokenConfig;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that were not made by the libraries they are verified with: from RFCs and from OpenSSL.
class OtherIssuersTest {

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIDFTCCAf2gAwIBAgIUTTSr6nZ5uhtMrAZvFZSDq+EE9L8wDQYJKoZIhvcNAQEL
            BQAwGTEXMBUGA1UEAwwOaXNzdWVyLmV4YW1wbGUwIBcNMjYxMTI1MDExOTEzWhgP
            MjEyNjExMDEwMTE5MTNaMBkxFzAVBgNVBAMMDmlzc3Vlci5leGFtcGxlMIIBIjAN
            BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw+sM+hM0XNELvxRckZiQAOM/ov17
            /Xq9RFp4tOXcihF7pLxSPvsiOSch1rse8WvM52OFeeAeR9l70wkVcpToSvMNTez8
            M+PuhD+06MJT/jphL9r1vv6Ir33YjC82N2Ne1mGAH5BldZ0Ja6Xoc/RnDut/gAWW
            Yty3TeTFCSLIrlNZ2k8jl82+HZ+ZVdVA+PQ9q9ixNU8nJWelWeTOFug2Wqa9AaqA
            zYxC4LZ+xaxsKumVqRgMX2hjtS9G2ZJA+S3/9JiJYLpE27KiB183uQMRJkYHpR17
            0rVWmb6mZcBfX02bd1NEwxSEuQa0mTmj3jjb6Fxxtl3LOELFD4gJ9SAb8QIDAQAB
            o1MwUTAdBgNVHQ4EFgQUY9tLgfKKWeoNPTmiAi0j+YB8fa8wHwYDVR0jBBgwFoAU
            Y9tLgfKKWeoNPTmiAi0j+YB8fa8wDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0B
            AQsFAAOCAQEAdq3WBieS8cR1WN6hK+W5jX0MIfLNaF5ORa9MS5PyqZ/3lZ+G3ZiM
            3xUvM4P1tbsBtqmox7JeCj+j4Rm2YFftH218wSNZKZMQZt2G+/2yWelEHiqeltp1
            URTHK/Mj5Fu13UWytSzdfFLAVukC9bgX//AnG80Z8Rab5PX1sxc1yIlGlxTGB503
            FpEQGYI3fhzwMyJWeAoP2eJsWeJbUnwKGcWyfaYCnPGIRcVM6tMcuEimeyNcbR1/
            VBwHHK7NvwognhgjSUGpsCdhDqmuxn1xKvDTH1CkurLNUwjVbyhwIaSYvn1Poz1n
            wGwX87NmvAC6BgCVoGjkvezUK2Z/lFrpZA==
            -----END CERTIFICATE-----
            """;

    /// Signed by OpenSSL with the certificate's key, which is not kept.
    private static final String SIGNED_BY_CERTIFICATE = "eyJhbGciOiJSUzI1NiJ9."
            + "eyJzdWIiOiI0MiJ9."
            + "GLVh_6LCKfjt4IhqosGX8-rjhsUuPkd48ZZq9So2qZzSF0zNL-hxJ5XgldF1w1BpY-KI2EcIEh24VI7Xx9CpRdM6mFOc6geUwnC3MxyjHVjInoZyaLaXPkEJRtx97RFZJ1zR-rkxLjW0VE75cH1NNSmvjfzkugP9loeQe0tv7fRIMxtpPPPIsscs5lcN6I9OamcOoYw0EYlSZrongZViOGzuk5OKuA4uGC0BOwb66zbhZSyzPJelvJsmd93GWpTLb5s_VZjwQrzwDworvLkefTPNSY_6ceOQr_7I4w8sNfqoHFqbXXPL4MfJfRrAiw3aIlY79hqTps7EC5R1R_Srhw";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.79CVgMIG_JB921dVUeJDWNJubJojFodH3-XtC_1C408",
                "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9"
                        + "._XqjM_YHAu4CWMH7hzfxehwzIF-YR7dACRjxtIVmJX5xNtZlNRiNQT77cP9PWVPM",
                "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9"
                        + ".OOnmim08R5KPn3wNhfsu5HW2EyBxHZKIDBHSjSRDrCOhWlmKZr9e10Ktf-JcrAjCDBi6c-wB5_5HlUnSd2KN1g"
            })
    void hmacOfOpenSslIsVerified(String token) {
        TokenVerifier verifier = new TokenVerifier(TokenConfig.hmac("secret"), Clock.systemUTC());
        assertThat(verifier.verifyConnection(token).user()).isEqualTo("42");
    }

    @Test
    void aCertificateStandsForItsKey() {
        TokenConfig config = new TokenConfig("", "", CERTIFICATE, "", "", "", "", "", "", "");
        TokenVerifier verifier = new TokenVerifier(config, Clock.systemUTC());
        assertThat(verifier.verifyConnection(SIGNED_BY_CERTIFICATE).user()).isEqualTo("42");
    }

    @Test
    void theExampleOfRfc7515ForEs256IsVerified() throws Exception {
        assertVerified(
                """
                {"keys":[{"kty":"EC","crv":"P-256","kid":"a",
                  "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                  "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
                """,
                "eyJhbGciOiJFUzI1NiJ9"
                        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    @Test
    void theExampleOfRfc8037ForEd25519IsVerified() throws Exception {
        assertVerified(
                """
                {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a",
                  "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
                """,
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
                        + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    private static void assertVerified(String keySet, String token) throws Exception {
        JWSObject signed = JWSObject.parse(token);
        assertThat(KeySet.parse(keySet).find("a", signed.getHeader().getAlgorithm()))
                .singleElement()
                .satisfies(key -> assertThat(key.verifies(signed)).isTrue());
    }
}

package io.jenkins.plugins.dbtslim.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader against Jackson: the same values of random JSON, and the same verdict on damaged JSON. */
class JsonReaderTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String DAMAGE = "\"\\{}[]:,0-.eEtfnNIu \n\t\u0001/x";

    /** Gives a few bytes at a time, so that every token comes to lie across the end of the window. */
    private static final class Trickle extends InputStream {
        private final byte[] bytes;
        private final Random random;
        private int at;

        Trickle(byte[] bytes, Random random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int count = Math.min(Math.min(length, bytes.length - at), 1 + random.nextInt(9));
            System.arraycopy(bytes, at, into, from, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    @Test
    void readsWhatJacksonReads() throws IOException {
        long seed = System.nanoTime();
        for (int round = 0; round < 400; round++) {
            Random random = new Random(seed + round);
            byte[] json = document(random);
            Object expected = JACKSON.readValue(json, Object.class);

            assertThat(value(new ByteArrayInputStream(json)))
                    .as("seed %d", seed + round)
                    .matches(value -> PythonValues.equal(plain(expected), value), "equals " + expected);
            assertThat(PythonValues.equal(value(new Trickle(json, random)), plain(expected)))
                    .as("piece by piece, seed %d", seed + round)
                    .isTrue();
        }
    }

    @Test
    void aNumberMayEndTheFile() throws IOException {
        for (String json : List.of("0", "12", "-1.5e3", " 7 ")) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            Object expected = plain(JACKSON.readValue(bytes, Object.class));
            assertThat(PythonValues.equal(value(new ByteArrayInputStream(bytes)), expected))
                    .as(json)
                    .isTrue();
            assertThat(PythonValues.equal(value(new Trickle(bytes, new Random(1))), expected))
                    .as(json)
                    .isTrue();
            assertThat(skipped(new ByteArrayInputStream(bytes))).as(json).isTrue();
        }
        for (String json : List.of("-", "1.", "2e", "2e+", "[0", "{\"a\":1")) {
            assertThat(skipped(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
                    .as(json)
                    .isFalse();
        }
    }

    @Test
    void refusesWhatJacksonRefuses() {
        long seed = System.nanoTime();
        int refused = 0;
        for (int round = 0; round < 6000; round++) {
            Random random = new Random(seed + round);
            byte[] json = damaged(document(random), random);
            boolean good = accepted(json);
            refused += good ? 0 : 1;

            assertThat(skipped(new ByteArrayInputStream(json)))
                    .as("seed %d: %s", seed + round, new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(good);
            assertThat(skipped(new Trickle(json, random)))
                    .as("piece by piece, seed %d", seed + round)
                    .isEqualTo(good);
        }
        assertThat(refused).isBetween(1000, 5900);
    }

    @Test
    void takesExactlyUtf8() {
        long seed = System.nanoTime();
        for (int round = 0; round < 20_000; round++) {
            Random random = new Random(seed + round);
            byte[] text = new byte[1 + random.nextInt(5)];
            random.nextBytes(text);
            for (int i = 0; i < text.length; i++) {
                text[i] |= (byte) (random.nextInt(4) > 0 ? 0x80 : 0x20);
                text[i] = text[i] == '"' || text[i] == '\\' ? (byte) 'x' : text[i];
            }
            byte[] json =
                    ("\"" + new String(text, StandardCharsets.ISO_8859_1) + "\"").getBytes(StandardCharsets.ISO_8859_1);

            assertThat(skipped(new ByteArrayInputStream(json)))
                    .as("seed %d: %s", seed + round, Arrays.toString(text))
                    .isEqualTo(utf8(text));
        }
    }

    /** Escaped or not, joined from two halves or not: one text has one String and one hash; another text has another. */
    @Test
    void readsOneTextFromAllItsWritings() throws IOException {
        long seed = System.nanoTime();
        for (int round = 0; round < 1000; round++) {
            Random random = new Random(seed + round);
            String text = text(random, 40 + random.nextInt(1500));
            byte[] raw = written(text, random, 0.1).getBytes(StandardCharsets.UTF_8);
            byte[] escaped = written(text, random, 1).getBytes(StandardCharsets.US_ASCII);

            assertThat(value(new ByteArrayInputStream(raw)))
                    .as("seed %d", seed + round)
                    .isEqualTo(text);
            assertThat(value(new Trickle(escaped, random))).isEqualTo(text);
            assertThat(hash(new ByteArrayInputStream(raw)))
                    .as("seed %d", seed + round)
                    .isEqualTo(hash(new Trickle(escaped, random)))
                    .isEqualTo(TextHash.of(text))
                    .isNotEqualTo(TextHash.of(text + "x"))
                    .isNotEqualTo(TextHash.of(text.substring(1)));
        }
    }

    @Test
    void keepsTheBeginningOfALongText() throws IOException {
        byte[] json = ("\"" + "é".repeat(3000) + "\\n\"").getBytes(StandardCharsets.UTF_8);
        KeptText kept = new KeptText(1001);
        reader(new ByteArrayInputStream(json)).text(kept.reset());
        assertThat(kept.toString()).isEqualTo("é".repeat(500) + "…");

        KeptText whole = new KeptText(6001);
        reader(new ByteArrayInputStream(json)).text(whole.reset());
        assertThat(whole.toString()).isEqualTo("é".repeat(3000) + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":tru3}|at byte 8: '3' where true should be",
                "{\"a\" 1}|at byte 5: '1' where a colon should be",
                "{\"a\":1 \"b\":2}|at byte 7: '\"' where a comma or } should be",
                "[1 2]|at byte 3: '2' where a comma or ] should be",
                "{a:1}|at byte 1: 'a' where the name of a field should be",
                "[1,]|at byte 3: ']' where a value should be",
                "[01]|at byte 2: '1' where a comma or ] should be",
                "[1.]|at byte 3: ']' where a digit should be",
                "[\"\\x\"]|at byte 3: 'x' where one of \"\\/bfnrtu after a backslash should be",
                "[\"\\u00g0\"]|at byte 6: 'g' where a hexadecimal digit should be",
                "[\"a\tb\"]|at byte 3: byte 0x09 where no control character in a string should be",
                "[\"ab|is cut off at byte 4",
                "[[[|is cut off at byte 3",
            })
    void tellsWhatIsWrongAndWhere(String json, String sentence) {
        assertThatThrownBy(() -> reader(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                        .skip())
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-0", "0.5E-3", "1E+2"})
    void readsTheNumbersOfPython(String number) throws IOException {
        Number read = (Number) value(new ByteArrayInputStream((number + " ").getBytes(StandardCharsets.UTF_8)));

        assertThat(Double.valueOf(read.doubleValue())).isEqualTo(Double.valueOf(Double.parseDouble(number) + 0.0));
    }

    private static JsonReader reader(InputStream in) {
        return new JsonReader(in, ReadLimits.defaults(), new StringPool());
    }

    private static Object value(InputStream in) throws IOException {
        return reader(in).value();
    }

    private static Fingerprint hash(InputStream in) throws IOException {
        TextHash hash = new TextHash();
        reader(in).text(hash);
        return hash.finish();
    }

    /** Whether the whole input is one value. */
    private static boolean skipped(InputStream in) {
        JsonReader json = reader(in);
        try {
            json.skip();
            return json.peekOrEnd() < 0;
        } catch (ManifestException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean accepted(byte[] json) {
        try {
            return !JACKSON.readTree(json).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean utf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof java.util.Map<?, ?> map) {
            java.util.Map<Object, Object> plain = new java.util.LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(key, plain(element)));
            return plain;
        }
        return value;
    }

    private static byte[] document(Random random) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            if (random.nextBoolean()) {
                json.useDefaultPrettyPrinter();
            }
            json.writeStartObject();
            for (int i = 0; i < 6; i++) {
                json.writeFieldName("f" + random.nextInt(9));
                value(json, random, 3);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(JsonGenerator json, Random random, int depth) throws IOException {
        switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> json.writeNull();
            case 1 -> json.writeBoolean(random.nextBoolean());
            case 2 -> json.writeNumber(random.nextLong() >> random.nextInt(64));
            case 3 -> json.writeNumber(new java.math.BigInteger(200, random));
            case 4 -> json.writeNumber(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 5 -> json.writeRawValue(written(text(random, random.nextInt(60)), random, random.nextDouble()));
            case 6 -> json.writeString("plain " + random.nextInt(5));
            case 7 -> json.writeNumber(random.nextBoolean() ? Double.POSITIVE_INFINITY : 1.0);
            case 8 -> {
                json.writeStartArray();
                for (int i = random.nextInt(5); i > 0; i--) {
                    value(json, random, depth - 1);
                }
                json.writeEndArray();
            }
            default -> {
                json.writeStartObject();
                for (int i = random.nextInt(5); i > 0; i--) {
                    json.writeFieldName(random.nextBoolean() ? "name" : "näme \"" + random.nextInt(3));
                    value(json, random, depth - 1);
                }
                json.writeEndObject();
            }
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (random.nextInt(12)) {
                case 0 -> text.append("\n\t\"\\/\b\f\r".charAt(random.nextInt(8)));
                case 1 -> text.append((char) random.nextInt(0x800));
                case 2 -> text.append((char) random.nextInt(0xd800));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 4 -> text.append((char) (0xe000 + random.nextInt(0x2000)));
                default -> text.append("select a, b from t ", 0, 1 + random.nextInt(19));
            }
        }
        return text.toString();
    }

    /** A JSON string with so many of its characters escaped that need not be. */
    private static String written(String text, Random random, double escaped) {
        StringBuilder json = new StringBuilder("\"");
        boolean pair = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean low = Character.isLowSurrogate(c);
            boolean must = c < ' ' || c == '"' || c == '\\';
            // The two halves of a pair go the same way.
            pair = low ? pair : random.nextDouble() < escaped;
            if (must || pair) {
                json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static byte[] damaged(byte[] json, Random random) {
        StringBuilder text = new StringBuilder(new String(json, StandardCharsets.ISO_8859_1));
        for (int i = random.nextInt(3); i >= 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            String piece = String.valueOf(DAMAGE.charAt(random.nextInt(DAMAGE.length())));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, piece);
                case 1 -> {
                    if (text.charAt(at) < 0x80) {
                        text.replace(at, at + 1, piece);
                    }
                }
                case 2 -> {
                    if (text.charAt(at) < 0x80) {
                        text.deleteCharAt(at);
                    }
                }
                default -> text.setLength(Math.max(1, at));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

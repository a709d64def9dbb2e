package io.jenkins.plugins.dbtslim.state.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into the tokens of its blocks; text outside, comments and raw blocks are left out. */
final class JinjaLexer {
    private static final Pattern RAW_END = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%\\}");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*raw\\s*-?%\\}");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)DIGITS(?:(?:\\.DIGITS)?[eE][+\\-]?DIGITS|\\.DIGITS)".replace("DIGITS", "(?:\\d++_)*+\\d++"));
    private static final Pattern INTEGER = Pattern.compile(
            "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|<=|>=|[-+/*%~\\[\\](){}<>=.:|,;]");

    private final String code;
    private final List<JinjaToken> tokens = new ArrayList<>();
    private int at;
    private int open;

    private JinjaLexer(String code) {
        this.code = code;
    }

    static List<JinjaToken> tokens(String code) throws JinjaException {
        JinjaLexer lexer = new JinjaLexer(code);
        lexer.template();
        return lexer.tokens;
    }

    private void template() throws JinjaException {
        while (true) {
            at = code.indexOf('{', at);
            if (at < 0 || at + 1 >= code.length()) {
                return;
            }
            switch (code.charAt(at + 1)) {
                case '#' -> skipTo(code.indexOf("#}", at + 2), 2);
                case '%' -> statement();
                case '{' -> block("}}");
                default -> at++;
            }
        }
    }

    private void statement() throws JinjaException {
        Matcher raw = RAW_BEGIN.matcher(code).region(at, code.length());
        if (!raw.lookingAt()) {
            block("%}");
            return;
        }
        Matcher end = RAW_END.matcher(code);
        if (!end.find(raw.end())) {
            throw new JinjaException("raw block without end");
        }
        at = end.end();
    }

    private void block(String end) throws JinjaException {
        at += 2;
        open = 0;
        if (at < code.length() && (code.charAt(at) == '-' || code.charAt(at) == '+')) {
            at++;
        }
        while (!atEnd(end)) {
            token();
        }
        tokens.add(JinjaToken.END);
    }

    private boolean atEnd(String end) throws JinjaException {
        Matcher space = SPACE.matcher(code).region(at, code.length());
        if (space.lookingAt()) {
            at = space.end();
        }
        if (at >= code.length()) {
            throw new JinjaException("block without end");
        }
        if (open > 0) {
            return false;
        }
        int signed = code.charAt(at) == '-' || (code.charAt(at) == '+' && end.equals("%}")) ? 1 : 0;
        if (code.startsWith(end, at + signed)) {
            at += signed + 2;
            return true;
        }
        return false;
    }

    private void token() throws JinjaException {
        char c = code.charAt(at);
        if (c == '"' || c == '\'') {
            string(c);
            return;
        }
        if (take(FLOAT, JinjaToken.Kind.FLOAT) || take(INTEGER, JinjaToken.Kind.INTEGER)) {
            return;
        }
        if (!take(NAME, JinjaToken.Kind.NAME) && !take(OPERATOR, JinjaToken.Kind.OPERATOR)) {
            throw new JinjaException("unexpected character " + c);
        }
        String text = tokens.get(tokens.size() - 1).text();
        switch (text) {
            case "(", "[", "{" -> open++;
            case ")", "]", "}" -> open = Math.max(0, open - 1);
            default -> {}
        }
    }

    private boolean take(Pattern pattern, JinjaToken.Kind kind) {
        Matcher matcher = pattern.matcher(code).region(at, code.length());
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new JinjaToken(kind, matcher.group()));
        at = matcher.end();
        return true;
    }

    private void string(char quote) throws JinjaException {
        int end = at + 1;
        while (end < code.length() && code.charAt(end) != quote) {
            end += code.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= code.length()) {
            throw new JinjaException("string without end");
        }
        tokens.add(new JinjaToken(JinjaToken.Kind.STRING, PythonText.unescaped(code.substring(at + 1, end))));
        at = end + 1;
    }

    private void skipTo(int end, int length) throws JinjaException {
        if (end < 0) {
            throw new JinjaException("comment without end");
        }
        at = end + length;
    }
}

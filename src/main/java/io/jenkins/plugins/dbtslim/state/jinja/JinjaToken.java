package io.jenkins.plugins.dbtslim.state.jinja;

/**
 * One token inside of <code>{{ }}</code> or <code>{% %}</code>.
 *
 * @param kind what it is
 * @param text name or operator; source text of a number; value of a string
 */
record JinjaToken(Kind kind, String text) {
    /** Kinds of tokens; END closes a block. */
    enum Kind {
        NAME,
        OPERATOR,
        STRING,
        INTEGER,
        FLOAT,
        END
    }

    static final JinjaToken END = new JinjaToken(Kind.END, "");

    boolean is(Kind wanted, String value) {
        return kind == wanted && text.equals(value);
    }
}

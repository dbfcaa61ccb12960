using System.Text;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Divides a query into tokens. White space and comments are left out.</summary>
internal sealed class InfluxLexer(string text)
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALL", "ALTER", "ANALYZE", "ANY", "AS", "ASC", "BEGIN", "BY", "CARDINALITY", "CREATE", "CONTINUOUS", "DATABASE", "DATABASES", "DEFAULT", "DELETE", "DESC", "DESTINATIONS", "DIAGNOSTICS",
        "DISTINCT", "DROP", "DURATION", "END", "EVERY", "EXACT", "EXPLAIN", "FIELD", "FOR", "FROM", "GRANT", "GRANTS", "GROUP", "GROUPS", "IN", "INF", "INSERT", "INTO", "KEY", "KEYS", "KILL",
        "LIMIT", "MEASUREMENT", "MEASUREMENTS", "NAME", "OFFSET", "ON", "ORDER", "PASSWORD", "POLICY", "POLICIES", "PRIVILEGES", "QUERIES", "QUERY", "READ", "REPLICATION", "RESAMPLE",
        "RETENTION", "REVOKE", "SELECT", "SERIES", "SET", "SHARD", "SHARDS", "SHOW", "SLIMIT", "SOFFSET", "STATS", "SUBSCRIPTION", "SUBSCRIPTIONS", "TAG", "TO", "USER", "USERS", "VALUES",
        "WHERE", "WITH", "WRITE", "AND", "OR", "TRUE", "FALSE",
    };

    private static readonly string[] s_symbols = ["=~", "!~", "!=", "<>", "<=", ">=", "::", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "(", ")", ",", ";", ".", ":"];

    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>The end was reached inside a token. InfluxDB counts it as another character then.</summary>
    private bool _isEndRead;

    /// <summary>The index of the last token in the text.</summary>
    public int Start { get; private set; }

    /// <summary>The index after the last token.</summary>
    public int End => _at;

    /// <summary>The next token.</summary>
    /// <param name="takesRegex">A slash begins a regular expression here, and is no division.</param>
    public InfluxToken Next(bool takesRegex = false)
    {
        SkipBlanks();
        Start = _at;
        if (_at == text.Length)
        {
            int column = _at - _lineStart + (_isEndRead ? 2 : 1);
            _isEndRead = true;
            return new(InfluxTokenKind.End, "", _line, column);
        }

        char c = text[_at];
        return IsNameStart(c) ? Name()
            : c == '"' ? Quoted(InfluxTokenKind.Identifier)
            : c == '\'' ? Quoted(InfluxTokenKind.Text)
            : char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])) ? Number()
            : c == '$' ? Parameter()
            : c == '/' && takesRegex ? Regex()
            : Symbol();
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c);

    private InfluxToken Token(InfluxTokenKind kind, string value, int start) => new(kind, value, _line, start - _lineStart + 1);

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r' or '\n')
            {
                Step();
                _isEndRead = _at == text.Length;
            }
            else if (text.AsSpan(_at).StartsWith("--", StringComparison.Ordinal))
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
                _isEndRead = end < 0;
            }
            else if (text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal) && text.IndexOf("*/", _at, StringComparison.Ordinal) is var close and >= 0)
            {
                while (_at < close + 2)
                {
                    Step();
                }
            }
            else
            {
                return;
            }
        }
    }

    private void Step()
    {
        if (text[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }

    private InfluxToken Name()
    {
        int start = _at;
        while (_at < text.Length && IsNamePart(text[_at]))
        {
            _at++;
        }

        _isEndRead = _at == text.Length;
        string name = text[start.._at];
        return s_keywords.Contains(name) ? Token(InfluxTokenKind.Keyword, name.ToUpperInvariant(), start) : Token(InfluxTokenKind.Identifier, name, start);
    }

    private InfluxToken Quoted(InfluxTokenKind kind)
    {
        // InfluxDB gives the place before the quote for texts, and for names that are not closed.
        int start = _at;
        char quote = text[_at++];
        StringBuilder value = new();
        for (; _at < text.Length && text[_at] is not '\n'; _at++)
        {
            char c = text[_at];
            if (c == quote)
            {
                _at++;
                return Token(kind, value.ToString(), kind == InfluxTokenKind.Text ? start - 1 : start);
            }

            if (c == '\\' && _at + 1 < text.Length && text[_at + 1] is 'n' or '\\' or '"' or '\'' && c == '\\')
            {
                _at++;
                value.Append(text[_at] == 'n' ? '\n' : text[_at]);
            }
            else
            {
                value.Append(c);
            }
        }

        return Token(InfluxTokenKind.OpenText, value.ToString(), start - 1);
    }

    private InfluxToken Number()
    {
        int start = _at;
        SkipDigits();
        if (_at < text.Length && text[_at] == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            SkipDigits();
            return Token(InfluxTokenKind.Number, text[start.._at], start);
        }

        if (_at == text.Length || !(char.IsAsciiLetter(text[_at]) || text[_at] == 'µ'))
        {
            return Token(text[start] == '.' ? InfluxTokenKind.Number : InfluxTokenKind.Integer, text[start.._at], start);
        }

        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == 'µ'))
        {
            _at++;
        }

        return Token(InfluxTokenKind.Duration, text[start.._at], start);
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    private InfluxToken Parameter()
    {
        int start = _at++;
        if (_at < text.Length && text[_at] == '"')
        {
            return Quoted(InfluxTokenKind.Parameter) with { Column = start - _lineStart + 1 };
        }

        while (_at < text.Length && IsNamePart(text[_at]))
        {
            _at++;
        }

        return Token(InfluxTokenKind.Parameter, text[(start + 1).._at], start);
    }

    private InfluxToken Regex()
    {
        int start = _at++;
        StringBuilder pattern = new();
        for (; _at < text.Length && text[_at] != '\n'; _at++)
        {
            if (text[_at] == '/')
            {
                _at++;
                return Token(InfluxTokenKind.Regex, pattern.ToString(), start - 1);
            }

            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] == '/')
            {
                _at++;
            }

            pattern.Append(text[_at]);
        }

        return Token(InfluxTokenKind.OpenText, pattern.ToString(), start - 1);
    }

    private InfluxToken Symbol()
    {
        int start = _at;
        string? symbol = Array.Find(s_symbols, symbol => text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal));
        _at += symbol?.Length ?? 1;
        return symbol is null ? Token(InfluxTokenKind.Unknown, text[start.._at], start) : Token(InfluxTokenKind.Symbol, symbol == "<>" ? "!=" : symbol, start);
    }
}

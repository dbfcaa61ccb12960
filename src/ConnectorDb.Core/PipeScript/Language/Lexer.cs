using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>Divides a script into tokens.</summary>
internal ref struct Lexer(SourceText source)
{
    private static readonly SearchValues<char> s_white = SearchValues.Create(" \t\r\n\v\f");

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789");

    private readonly string _text = source.Text;
    private int _at;

    /// <summary>The next token; at the end of the script always <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="ScriptSyntaxException">The text is not a token of the language.</exception>
    public Token Next()
    {
        int white = _text.AsSpan(_at).IndexOfAnyExcept(s_white);
        if (white < 0)
        {
            return new(TokenKind.End, new(_text.Length, 0));
        }

        _at += white;
        char c = _text[_at];
        if (char.IsAsciiDigit(c))
        {
            return ReadNumber();
        }

        if (s_nameCharacters.Contains(c))
        {
            return ReadName();
        }

        return c is '"' or '\'' ? ReadText(c) : ReadSymbol(c);
    }

    private Token ReadNumber()
    {
        int end = EndOf(s_digits, _at);
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1]))
        {
            end = EndOf(s_digits, end + 1);
        }

        TextSpan span = new(_at, end - _at);
        double value = double.Parse(_text.AsSpan(_at, span.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            throw source.Error(span, "This number is too large for a double.");
        }

        _at = end;
        return new(TokenKind.Number, span, Number: value);
    }

    private Token ReadName()
    {
        TextSpan span = new(_at, EndOf(s_nameCharacters, _at) - _at);
        _at = span.End;
        string name = _text.Substring(span.Start, span.Length);
        return name switch
        {
            "and" => new(TokenKind.Operator, span, Operator: Operator.And),
            "or" => new(TokenKind.Operator, span, Operator: Operator.Or),
            "not" => new(TokenKind.Operator, span, Operator: Operator.Not),
            "true" => new(TokenKind.True, span),
            "false" => new(TokenKind.False, span),
            _ => new(TokenKind.Name, span, name, IsSpaced: _at < _text.Length && s_white.Contains(_text[_at])),
        };
    }

    private Token ReadText(char quote)
    {
        int start = _at;
        StringBuilder text = new();
        for (_at++; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            char c = _text[_at];
            if (c == quote)
            {
                _at++;
                return new(TokenKind.Text, new(start, _at - start), text.ToString());
            }

            text.Append(c == '\\' && TryUnescape(out char meant) ? meant : c);
        }

        throw source.Error(new(start, _at - start), $"This text has no closing {quote} on its line. A quote inside a text is written \\{quote}, a new line \\n.");
    }

    /// <summary>Reads an escape sequence; an unknown one means itself.</summary>
    private bool TryUnescape(out char meant)
    {
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        meant = next switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '"' or '\'' => next,
            _ => '\0',
        };
        _at += meant == '\0' ? 0 : 1;
        return meant != '\0';
    }

    private Token ReadSymbol(char c)
    {
        bool hasEquals = _at + 1 < _text.Length && _text[_at + 1] == '=';
        (TokenKind kind, Operator name, int length) = c switch
        {
            '<' when hasEquals => (TokenKind.Operator, Operator.LessOrEqual, 2),
            '>' when hasEquals => (TokenKind.Operator, Operator.GreaterOrEqual, 2),
            '=' when hasEquals => (TokenKind.Operator, Operator.Equal, 2),
            '!' when hasEquals => (TokenKind.Operator, Operator.NotEqual, 2),
            '<' => (TokenKind.Operator, Operator.Less, 1),
            '>' => (TokenKind.Operator, Operator.Greater, 1),
            '+' => (TokenKind.Operator, Operator.Add, 1),
            '-' => (TokenKind.Operator, Operator.Subtract, 1),
            '*' => (TokenKind.Operator, Operator.Multiply, 1),
            '/' => (TokenKind.Operator, Operator.Divide, 1),
            '%' => (TokenKind.Operator, Operator.Remainder, 1),
            '^' => (TokenKind.Operator, Operator.Power, 1),
            '|' => (TokenKind.Pipe, default, 1),
            ':' => (TokenKind.Colon, default, 1),
            ',' => (TokenKind.Comma, default, 1),
            '(' => (TokenKind.OpenRound, default, 1),
            ')' => (TokenKind.CloseRound, default, 1),
            '[' => (TokenKind.OpenSquare, default, 1),
            ']' => (TokenKind.CloseSquare, default, 1),
            '{' => (TokenKind.OpenCurly, default, 1),
            '}' => (TokenKind.CloseCurly, default, 1),
            _ => throw source.Error(new(_at, char.IsHighSurrogate(c) ? 2 : 1), Unknown(c)),
        };
        TextSpan span = new(_at, length);
        _at += length;
        return new(kind, span, Operator: name);
    }

    private readonly string Unknown(char c) => c switch
    {
        '=' => "To compare, write ==.",
        '!' => "Write 'not' for negation, or != to compare.",
        '&' => "Write 'and' to combine conditions.",
        '.' => "A point stands only between the digits of a number. A member of an object is read with $(\"name\").",
        _ when Rune.TryGetRuneAt(_text, _at, out Rune rune) && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)
            => $"The character '{rune}' has no meaning in PipeScript.",
        _ => $"The character U+{(int)c:X4} has no meaning in PipeScript.",
    };

    private readonly int EndOf(SearchValues<char> characters, int start)
    {
        int length = _text.AsSpan(start).IndexOfAnyExcept(characters);
        return length < 0 ? _text.Length : start + length;
    }
}

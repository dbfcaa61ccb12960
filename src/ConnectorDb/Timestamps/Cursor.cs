namespace ConnectorDb.Timestamps;

/// <summary>A place in a text that is read from left to right.</summary>
internal ref struct Cursor(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next character; 0 at the end.</summary>
    public readonly char Peek => _rest.IsEmpty ? '\0' : _rest[0];

    /// <summary>How many of the next characters are the digits 0 to 9.</summary>
    public readonly int CountDigits()
    {
        int count = 0;
        while (count < _rest.Length && char.IsAsciiDigit(_rest[count]))
        {
            count++;
        }

        return count;
    }

    public void Skip(int count) => _rest = _rest[count..];

    public bool Take(char expected)
    {
        bool isThere = Peek == expected;
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }

    public bool TakeSpaces()
    {
        ReadOnlySpan<char> trimmed = _rest.TrimStart();
        bool hasSpaces = trimmed.Length < _rest.Length;
        _rest = trimmed;
        return hasSpaces;
    }

    /// <summary>Takes a word in any case, if no letter follows.</summary>
    public bool TakeWord(ReadOnlySpan<char> word)
    {
        bool isThere = _rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (_rest.Length == word.Length || !char.IsLetter(_rest[word.Length]));
        _rest = isThere ? _rest[word.Length..] : _rest;
        return isThere;
    }

    /// <summary>Takes as many digits as a number; they must be there.</summary>
    public int TakeNumber(int digits)
    {
        int number = 0;
        foreach (char digit in _rest[..digits])
        {
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[digits..];
        return number;
    }

    public bool TryTakeTwo(out int number)
    {
        bool hasTwo = _rest.Length >= 2 && char.IsAsciiDigit(_rest[0]) && char.IsAsciiDigit(_rest[1]);
        number = hasTwo ? TakeNumber(2) : 0;
        return hasTwo;
    }

    /// <summary>Takes a point or comma and the digits after it, if there are any.</summary>
    /// <returns>False when a point or comma has no digit after it.</returns>
    public bool TryTakeDecimals(out ReadOnlySpan<char> decimals)
    {
        decimals = [];
        if (!Take('.') && !Take(','))
        {
            return true;
        }

        int digits = CountDigits();
        decimals = _rest[..digits];
        _rest = _rest[digits..];
        return digits > 0;
    }

    public bool TryTakeHalfOfDay(out bool isAfternoon)
    {
        Cursor ahead = this;
        ahead.TakeSpaces();
        isAfternoon = ahead.TakeWord("PM");
        bool isHalf = isAfternoon || ahead.TakeWord("AM");
        if (isHalf)
        {
            this = ahead;
        }

        return isHalf;
    }

    /// <summary>Skips the name of a zone: letters after a space, or anything in brackets, up to the end.</summary>
    public void SkipName()
    {
        ReadOnlySpan<char> name = _rest.Trim();
        bool isName = name.Length < _rest.Length && name.IndexOfAnyExceptInRange('A', 'Z') < 0;
        bool isInBrackets = name.Length > 2 && name[0] == '[' && name[^1] == ']';
        if (isName || isInBrackets)
        {
            _rest = [];
        }
    }
}

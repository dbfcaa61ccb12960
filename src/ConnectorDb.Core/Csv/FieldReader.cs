using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Csv;

/// <summary>Reads the fields of one column as values that suit the schema of its stream.</summary>
internal sealed class FieldReader
{
    private static readonly NumberColumn s_numbers = new(new double[] { 0.5 });
    private static readonly TextColumn s_texts = new(new[] { "text" });
    private static readonly BooleanColumn s_booleans = new(new[] { true });

    /// <summary>The characters of numbers with marks between their digits.</summary>
    private static readonly SearchValues<char> s_marksAndDigits = SearchValues.Create("0123456789.,'\u2019 \u00A0\u202F\u066B\u066C+-\u2212");

    private readonly CompiledSchema _schema;
    private readonly NumberReader _numbers;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _missing;
    private readonly bool _quotesMarkText;
    private readonly bool _acceptsNumbers;
    private readonly bool _acceptsTexts;
    private readonly bool _isText;
    private readonly bool _hasMissingText;
    private bool _hasDecimals;

    /// <param name="schema">The schema of the stream.</param>
    /// <param name="style">The format of the fields.</param>
    /// <param name="isNumeric">The first values of the column are numbers.</param>
    public FieldReader(CompiledSchema schema, FieldStyle style, bool isNumeric)
    {
        _schema = schema;
        _numbers = style.Numbers;
        _missing = style.Missing.GetAlternateLookup<ReadOnlySpan<char>>();
        _quotesMarkText = style.QuotesMarkText;
        _acceptsNumbers = schema.AcceptsAll(s_numbers);
        _acceptsTexts = schema.AcceptsAll(s_texts);
        bool acceptsOthers = _acceptsNumbers || schema.AcceptsAll(s_booleans) || schema.FindError(s_numbers[0]) is null || schema.FindError(DataValue.From(1)) is null;
        _isText = _acceptsTexts && !acceptsOthers;
        _hasMissingText = !_isText && (!_acceptsTexts || isNumeric);
    }

    /// <summary>The schema accepts texts only.</summary>
    public bool IsText => _isText;

    /// <summary>Reads a field with its quotes.</summary>
    /// <returns>False when it has no value, or <paramref name="problem"/> says why the value is not accepted.</returns>
    public bool TryRead(ReadOnlySpan<char> field, out DataValue value, out string? problem)
    {
        problem = null;
        bool isQuoted = CsvField.IsQuoted(field);
        if (_quotesMarkText)
        {
            return isQuoted ? TryReadQuoted(field, out value, out problem) : TryReadLiteral(field, out value, out problem);
        }

        ReadOnlySpan<char> content = isQuoted ? field[1..^1] : field;
        if (_acceptsNumbers && !_acceptsTexts && _numbers.TryRead(content.Trim(), isStrict: false, isExact: false, out value))
        {
            value = Uniform(value);
            return true;
        }

        return TryReadOther(isQuoted ? CsvField.Unquote(field) : field.ToString(), out value, out problem);
    }

    private bool TryReadQuoted(ReadOnlySpan<char> field, out DataValue value, out string? problem)
    {
        string content = CsvField.Unquote(field);
        value = QuotedField.Read(content);
        problem = null;
        return _schema.FindError(value) is null || TryReadOther(content, out value, out problem);
    }

    private bool TryReadLiteral(ReadOnlySpan<char> field, out DataValue value, out string? problem)
    {
        problem = null;
        value = default;
        if (field.IsEmpty)
        {
            return false;
        }

        bool isLiteral = field is "null"
            || _numbers.TryRead(field, isStrict: true, isExact: true, out value)
            || TryReadBoolean(field, out value);
        return (isLiteral && _schema.FindError(value) is null) || TryReadOther(field.ToString(), out value, out problem);
    }

    /// <summary>Reads a field as the first kind of value that suits the schema.</summary>
    private bool TryReadOther(string content, out DataValue value, out string? problem)
    {
        problem = null;
        value = default;
        string trimmed = content.Trim();
        if (trimmed.Length == 0 || (_hasMissingText && _missing.Contains(trimmed)))
        {
            return false;
        }

        DataValue text = DataValue.From(content);
        if (_isText)
        {
            value = text;
            return true;
        }

        if (_numbers.IsTooLarge(trimmed))
        {
            problem = $"{trimmed} is larger than the numbers that a stream can have, up to 1.8e308";
            return false;
        }

        bool isNumber = _numbers.TryRead(trimmed, isStrict: _acceptsTexts, isExact: false, out DataValue number);
        foreach (DataValue? candidate in new DataValue?[] { isNumber ? Uniform(number) : null, Boolean(trimmed), Json(trimmed), text })
        {
            if (candidate is { } fitting && _schema.FindError(fitting) is null)
            {
                value = fitting;
                return true;
            }
        }

        problem = isNumber ? $"{trimmed} {_schema.FindError(number)!.Reason}"
            : _acceptsNumbers ? $"'{trimmed}' is not a number{(trimmed.AsSpan().ContainsAnyExcept(s_marksAndDigits) ? "" : " in the form of the first rows. -Culture, such as de-CH or fr-FR, gives another form")}"
            : $"'{trimmed}' {_schema.FindError(text)!.Reason}";
        return false;
    }

    /// <summary>Makes a column of numbers one of doubles as soon as it has a fraction, unless a whole number would lose digits.</summary>
    private DataValue Uniform(DataValue number)
    {
        const long ExactIntegers = 1L << 53;
        _hasDecimals |= number.Kind == DataKind.Number;
        return _hasDecimals && _acceptsNumbers && number.Kind == DataKind.Integer && number.AsInteger() is >= -ExactIntegers and <= ExactIntegers
            ? DataValue.From((double)number.AsInteger())
            : number;
    }

    private static bool TryReadBoolean(ReadOnlySpan<char> field, out DataValue value)
    {
        bool isBoolean = bool.TryParse(field, out bool flag);
        value = DataValue.From(flag);
        return isBoolean;
    }

    private static DataValue? Boolean(string text)
        => TryReadBoolean(text, out DataValue value) ? value
            : text is "0" or "1" ? DataValue.From(text is "1")
            : null;

    private static DataValue? Json(string text)
        => QuotedField.Read(text) is { Kind: DataKind.Array or DataKind.Object } json ? json : null;
}

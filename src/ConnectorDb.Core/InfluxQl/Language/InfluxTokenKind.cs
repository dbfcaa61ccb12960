namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>The kinds of tokens of InfluxQL. Symbols and keywords are told apart by their text.</summary>
internal enum InfluxTokenKind
{
    End,
    Identifier,
    Keyword,
    Symbol,
    Integer,
    Number,
    Duration,
    Text,

    /// <summary>A text or quoted name that is not closed.</summary>
    OpenText,
    Regex,
    Parameter,
    Unknown,
}

namespace ConnectorDb.Columns;

/// <summary>Decodes a column of objects as a whole or member by member.</summary>
internal interface IObjectDecoder
{
    int Count { get; }

    /// <summary>One member of all objects; null when it cannot be decoded alone.</summary>
    Column? DecodeMember(string name);

    Column DecodeAll();
}

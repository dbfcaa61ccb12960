namespace ConnectorDb.Core.Files;

/// <summary>A row of a query, with columns by index.</summary>
internal interface IRow
{
    bool IsNull(int column);

    long Integer(int column);

    bool Boolean(int column);

    double Real(int column);

    string Text(int column);

    byte[] Bytes(int column);

    double? RealOrNull(int column) => IsNull(column) ? null : Real(column);

    string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);
}

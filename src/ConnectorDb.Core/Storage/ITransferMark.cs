namespace ConnectorDb.Core.Storage;

/// <summary>A mark of a copy that is not complete, so that nobody takes it for the whole store.</summary>
internal interface ITransferMark
{
    /// <summary>Marks the copy as a part.</summary>
    /// <param name="source">The location of the store.</param>
    void Set(string source);

    /// <summary>Marks the copy as a whole.</summary>
    void Remove();
}

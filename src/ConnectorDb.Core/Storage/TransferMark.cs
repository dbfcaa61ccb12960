namespace ConnectorDb.Core.Storage;

/// <summary>The mark of a copy in a file: a file beside it.</summary>
/// <param name="store">The file of the copy.</param>
public sealed class TransferMark(string store) : ITransferMark
{
    private const string Extension = "-part";

    /// <summary>True for a file whose copy was not completed.</summary>
    public static bool IsPart(string store) => File.Exists(store + Extension);

    /// <exception cref="StoreException">The file is a part of a copy, to which nobody may write, so that the copy can go on.</exception>
    internal static void DemandWhole(string store)
    {
        string mark = store + Extension;
        if (File.Exists(mark))
        {
            string source = File.ReadAllText(mark).Trim();
            throw new StoreException(StoreFault.NotAStore, $"'{store}' is a part of a copy of '{source}', because Copy-CdbStore was stopped. To complete it: Copy-CdbStore '{source}' '{store}'. If that store is gone, delete the file '{mark}' to use the part.", store);
        }
    }

    public void Set(string source) => File.WriteAllText(store + Extension, source + '\n');

    public void Remove() => File.Delete(store + Extension);
}

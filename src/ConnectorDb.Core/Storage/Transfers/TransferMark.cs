namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>A file beside a copy that is not complete, so that nobody takes it for the whole store. A database has none.</summary>
public static class TransferMark
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

    /// <summary>Marks the file as a part.</summary>
    internal static void Set(string store, string source) => File.WriteAllText(store + Extension, source + '\n');

    /// <summary>Marks the file as a whole.</summary>
    internal static void Remove(string store) => File.Delete(store + Extension);
}

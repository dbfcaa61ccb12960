namespace ConnectorDb.Core.Files;

/// <summary>The folder of the account for ConnectorDb, within the local application data.</summary>
internal static class UserFolder
{
    public static string StorePath => Path.Combine(Root, "store.cdb");

    public static string KeyFolder => Path.Combine(Root, "keys");

    private static string Root
    {
        get
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return local.Length > 0
                ? Path.Combine(local, "ConnectorDb")
                : throw new StoreException(StoreFault.Unreachable, "This account has no folder for local application data. Give the path of the store, or set HOME.", null);
        }
    }
}

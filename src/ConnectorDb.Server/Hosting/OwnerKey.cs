using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Server.Hosting;

/// <summary>Writes the API key of the owner to a file, for the first login to a new store, whose owner has no password.</summary>
internal static class OwnerKey
{
    public static CdbPath Owner { get; } = CdbPath.ForDevice("me", CdbEngine.UserDevice);

    /// <summary>Writes the key to a file that only this account can read.</summary>
    /// <exception cref="InvalidValueException">The file cannot be written.</exception>
    /// <exception cref="StoreException">The key was encrypted by another account.</exception>
    public static void Write(CdbEngine engine, string? file)
    {
        if (file is null)
        {
            return;
        }

        string key = engine.GetDevice(engine.LoginAs(Owner, CancellationToken.None), Owner, CancellationToken.None).ApiKey
            ?? throw new StoreException(StoreFault.Unreachable, $"The API key of '{Owner}' cannot be read here: it is encrypted with the secret of another account or key folder. Give the folder that has it (--key-folder), omit --owner-key-file, or reset the key with Reset-CdbApiKey.", Owner);
        try
        {
            WriteFile(file, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"The owner's API key cannot be written to '{file}': {error.Message} Choose another path with --owner-key-file.", file);
        }
    }

    private static void WriteFile(string file, string key)
    {
        // The rights of an older file may be others'.
        File.Delete(file);
        using StreamWriter writer = new(FileRights.OpenPrivate(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }));
        writer.WriteLine(key);
    }
}

using ConnectorDb.Core.Engine;

namespace ConnectorDb.Server.Hosting;

/// <summary>Writes the API key of the owner to a file, for the first login to a new store, whose owner has no password.</summary>
internal static class OwnerKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
            ?? throw new StoreException(StoreFault.Unreachable, $"The API key of '{Owner}' cannot be read by this account. Omit --owner-key-file, or reset the key with Reset-CdbApiKey.", Owner);
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
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(file);
            options.UnixCreateMode = OwnerOnly;
        }

        using StreamWriter writer = new(file, options);
        writer.WriteLine(key);
    }
}

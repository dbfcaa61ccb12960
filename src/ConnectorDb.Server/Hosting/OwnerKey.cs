using ConnectorDb.Core.Engine;

namespace ConnectorDb.Server.Hosting;

/// <summary>
/// How one gets into a new store: its owner has a key but no password. Who may open the file is trusted anyhow and can set
/// one with the cmdlets; who wants a key for a script has it written to a file.
/// </summary>
internal static class OwnerKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static CdbPath Owner { get; } = CdbPath.ForDevice("me", CdbEngine.UserDevice);

    /// <summary>Writes the key of the owner to the file, readable by this account only.</summary>
    /// <exception cref="InvalidValueException">The file cannot be written.</exception>
    /// <exception cref="StoreException">The key is sealed by another account.</exception>
    public static void Write(CdbEngine engine, string? file)
    {
        if (file is null)
        {
            return;
        }

        string key = engine.GetDevice(engine.LoginAs(Owner, CancellationToken.None), Owner, CancellationToken.None).ApiKey
            ?? throw new StoreException(StoreFault.Unreachable, $"The API key of '{Owner}' cannot be read by this account. Leave --owner-key-file out, or reset the key with Reset-CdbApiKey.", Owner);
        try
        {
            WriteFile(file, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"The key of the owner cannot be written to '{file}': {error.Message} Give another path with --owner-key-file.", file);
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

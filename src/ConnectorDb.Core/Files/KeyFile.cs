using System.Security.Cryptography;

namespace ConnectorDb.Core.Files;

/// <summary>
/// The secret that seals the keys and passwords of one file. It lies apart from it, in a file only its owner can read; on
/// Windows it is protected by the account besides (DPAPI).
/// </summary>
internal sealed class KeyFile(string path)
{
    private const int SecretLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly object _gate = new();
    private byte[]? _secret;

    /// <summary>Null when the file is not there or cannot be read here.</summary>
    public byte[]? Read()
    {
        lock (_gate)
        {
            return _secret ??= Load();
        }
    }

    /// <exception cref="StoreException">The file cannot be read or written.</exception>
    public byte[] ReadOrMake()
    {
        lock (_gate)
        {
            return _secret ??= Load() ?? Make();
        }
    }

    private byte[]? Load()
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            byte[] secret = OperatingSystem.IsWindows() ? ProtectedData.Unprotect(content, null, DataProtectionScope.CurrentUser) : content;
            return secret.Length == SecretLength ? secret : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Written aside and put in place in one step, so that another process never sees half of it.</summary>
    private byte[] Make()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretLength);
        byte[] content = OperatingSystem.IsWindows() ? ProtectedData.Protect(secret, null, DataProtectionScope.CurrentUser) : secret;
        string aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            }
            else
            {
                options.UnixCreateMode = OwnerOnly;
                Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
            }

            using (FileStream stream = File.Open(aside, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: false);
            return secret;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
            return Load() ?? throw Unusable(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(error);
        }
    }

    private StoreException Unusable(Exception? cause)
        => new(StoreFault.Unreachable, $"The file '{path}', which keeps the secret that keys and passwords are sealed with, cannot be used. Check that you may read and write it; if it came from another account, move it away and give the keys anew.", path, cause);
}

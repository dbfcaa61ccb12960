using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace ConnectorDb.Core.Files;

/// <summary>The secret that encrypts the keys and passwords of one file.</summary>
/// <remarks>It is in a file of its own, which only the owner can read. On Windows it is also encrypted for the machine (DPAPI).</remarks>
internal sealed class KeyFile(string path)
{
    private const int SecretLength = 32;
    private readonly object _gate = new();
    private byte[]? _secret;

    /// <summary>The secret; null when the file is missing or cannot be decrypted here.</summary>
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
            return _secret ??= Load() ?? Make(RandomNumberGenerator.GetBytes(SecretLength));
        }
    }

    /// <summary>Takes over the secret of another file, where this one has none.</summary>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public void Adopt(KeyFile other)
    {
        lock (_gate)
        {
            if (!File.Exists(path) && other.Read() is { } secret)
            {
                _secret = Make(secret);
            }
        }
    }

    private byte[]? Load()
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            byte[] secret = OperatingSystem.IsWindows() ? ProtectedData.Unprotect(content, null, DataProtectionScope.LocalMachine) : content;
            return secret.Length == SecretLength ? secret : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Writes a temporary file and renames it, so that other processes never see a partial secret.</summary>
    private byte[] Make(byte[] secret)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            FileRights.CreatePrivateFolder(Path.GetDirectoryName(path)!);
            using (FileStream stream = FileRights.OpenPrivate(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
            {
                stream.Write(OperatingSystem.IsWindows() ? BoundToMachine(secret) : secret);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
            return secret;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return Load() ?? throw Unusable(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(error);
        }
    }

    /// <summary>
    /// Encrypts for the machine, not for the account: DPAPI has no key of the account in scheduled tasks without a stored password (S4U), in
    /// remote sessions, and after an administrator has set another password. The access rights of the file exclude other accounts.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static byte[] BoundToMachine(byte[] secret) => ProtectedData.Protect(secret, null, DataProtectionScope.LocalMachine);

    private StoreException Unusable(Exception? cause)
        => new(StoreFault.Unreachable, $"The file '{path}' with the secret for keys and passwords cannot be used. Check that you may read and write it. If it is from another account, move it away and set the keys again.", path, cause);
}

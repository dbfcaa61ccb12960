using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace ConnectorDb.Core.Files;

/// <summary>
/// The secret that seals the keys and passwords of one file. It lies apart from that file, in a file only its owner can read; on
/// Windows it is also bound to the machine (DPAPI).
/// </summary>
internal sealed class KeyFile(string path)
{
    private const int SecretLength = 32;
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
            byte[] secret = OperatingSystem.IsWindows() ? ProtectedData.Unprotect(content, null, DataProtectionScope.LocalMachine) : content;
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
        string aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            FileRights.CreatePrivateFolder(Path.GetDirectoryName(path)!);
            using (FileStream stream = FileRights.OpenPrivate(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
            {
                stream.Write(OperatingSystem.IsWindows() ? BoundToMachine(secret) : secret);
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(error);
        }
    }

    /// <summary>
    /// Not bound to the account: DPAPI has no key of the account in scheduled tasks without a stored password (S4U), in remote
    /// sessions, and after an administrator has set another password. The rights of the file keep other accounts out.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static byte[] BoundToMachine(byte[] secret) => ProtectedData.Protect(secret, null, DataProtectionScope.LocalMachine);

    private StoreException Unusable(Exception? cause)
        => new(StoreFault.Unreachable, $"The file '{path}', which keeps the secret that keys and passwords are sealed with, cannot be used. Check that you may read and write it; if it came from another account, move it away and give the keys anew.", path, cause);
}

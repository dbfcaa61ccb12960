namespace ConnectorDb.Core.Tests.Support;

/// <summary>A folder that, with its content, cannot be written until the test is over.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    /// <summary>Everyone, administrators too, may not add, change and delete.</summary>
    private const string DeniedToEveryone = "*S-1-1-0:(OI)(CI)(WD,AD,WA,WEA,DE,DC)";

    private readonly string _folder;

    public ReadOnlyFolder(string folder)
    {
        _folder = folder;
        Skip.IfNot(Guard() && !CanWrite(), "A folder is made read-only by icacls, by chmod, or for root by chattr; that does not work here.");
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            Tool.Run("icacls.exe", _folder, "/remove:d", "*S-1-1-0");
        }
        else if (Environment.UserName == "root")
        {
            Tool.Run("chattr", "-R", "-i", _folder);
        }
        else
        {
            Tool.Run("chmod", "-R", "u+w", _folder);
        }
    }

    /// <summary>Some file systems take the rights and do not heed them.</summary>
    private bool CanWrite()
    {
        string probe = Path.Combine(_folder, "probe");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool Guard()
        => OperatingSystem.IsWindows() ? Tool.Run("icacls.exe", _folder, "/deny", DeniedToEveryone)
            : OperatingSystem.IsLinux() && Environment.UserName == "root" ? Tool.Run("chattr", ["+i", _folder, .. Directory.GetFiles(_folder)])
            : Tool.Run("chmod", "-R", "a-w", _folder);
}

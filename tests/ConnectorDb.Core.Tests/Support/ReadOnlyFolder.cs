namespace ConnectorDb.Core.Tests.Support;

/// <summary>A folder that cannot be written, nor what is in it, until the test is over.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private readonly string _folder;

    public ReadOnlyFolder(string folder)
    {
        _folder = folder;
        bool isGuarded = OperatingSystem.IsLinux() && Environment.UserName == "root"
            ? Tool.Run("chattr", ["+i", folder, .. Directory.GetFiles(folder)])
            : !OperatingSystem.IsWindows() && Tool.Run("chmod", "-R", "a-w", folder);
        Skip.IfNot(isGuarded, "A folder is made read-only by chmod, or for root by chattr; neither works here.");
    }

    public void Dispose()
    {
        if (Environment.UserName == "root")
        {
            Tool.Run("chattr", "-R", "-i", _folder);
        }
        else
        {
            Tool.Run("chmod", "-R", "u+w", _folder);
        }
    }
}

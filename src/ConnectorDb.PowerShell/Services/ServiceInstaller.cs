using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Installs and removes services with the service manager of the platform.</summary>
internal static class ServiceInstaller
{
    /// <summary>Marks definitions made by Install-CdbService, which may be replaced.</summary>
    public const string Mark = "# Made by Install-CdbService of ConnectorDb.";

    public static IServiceSystem Platform { get; } = OperatingSystem.IsWindows() ? new WindowsServices()
        : OperatingSystem.IsMacOS() ? new Launchd()
        : new Systemd();

    private static string RequiredRights => OperatingSystem.IsWindows()
        ? "This needs an administrator and an elevated prompt."
        : "Services for all users need root; -Scope CurrentUser installs a service for you only.";

    /// <summary>Returns true when the service exists.</summary>
    /// <exception cref="NameTakenException">Install-CdbService did not make the service, and force is false.</exception>
    public static bool Exists(string name, ServiceScope scope, bool force) => Platform.IsOurs(name, scope) switch
    {
        null => false,
        false when !force => throw new NameTakenException($"The existing service '{name}'{Where(name, scope)} was not made by Install-CdbService. Choose another -Name, or use -Force to replace or remove it.", name),
        _ => true,
    };

    /// <param name="steps">The steps, in order.</param>
    /// <param name="scope">The scope of the service.</param>
    /// <param name="log">Receives the command line of each step.</param>
    /// <param name="warn">Receives the command lines for an administrator when the user is not one.</param>
    /// <exception cref="PermissionDeniedException">The user is not an administrator; nothing was changed.</exception>
    /// <exception cref="ServiceException">A step failed; the steps before it were run and can be repeated.</exception>
    public static void Run(IReadOnlyList<ServiceStep> steps, ServiceScope scope, Action<string> log, Action<string> warn)
    {
        if (scope == ServiceScope.AllUsers && !Environment.IsPrivilegedProcess)
        {
            warn($"Run these commands as an administrator:\n\n{string.Join('\n', steps.Select(step => step.Line))}\n");
            throw new PermissionDeniedException($"{RequiredRights} Nothing was changed; the warning contains the commands for an administrator.", null);
        }

        foreach (ServiceStep step in steps)
        {
            log(step.Line);
            step.Run();
        }
    }

    /// <summary>True when Install-CdbService made the definition file; null when there is no file.</summary>
    public static bool? IsMarked(string path) => File.Exists(path) ? File.ReadAllText(path).Contains(Mark, StringComparison.Ordinal) : null;

    /// <summary>The names of the definition files in a folder that Install-CdbService made.</summary>
    /// <param name="extension">The extension of definition files.</param>
    public static IEnumerable<string> MarkedNames(string folder, string extension)
        => from file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + extension) : []
           where IsMarked(file) == true
           orderby file
           select Path.GetFileNameWithoutExtension(file);

    private static string Where(string name, ServiceScope scope) => Platform.DefinitionPath(name, scope) is { } path ? $" ('{path}')" : "";
}

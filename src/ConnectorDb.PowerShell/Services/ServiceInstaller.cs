namespace ConnectorDb.PowerShell.Services;

/// <summary>Installs and removes services by what the platform has for them.</summary>
internal static class ServiceInstaller
{
    /// <summary>By this line a definition is known as one of ours, which may be replaced.</summary>
    public const string Mark = "# Made by Install-CdbService of ConnectorDb.";

    public static IServiceSystem Platform { get; } = OperatingSystem.IsWindows() ? new WindowsServices()
        : OperatingSystem.IsMacOS() ? new Launchd()
        : new Systemd();

    private static string WhoMay => OperatingSystem.IsWindows()
        ? "Only an administrator may do this, from an elevated prompt."
        : "Only root may do this for all users; -Scope CurrentUser is for yourself.";

    /// <summary>There is a service of this name.</summary>
    /// <exception cref="NameTakenException">It is somebody else's, and not to be replaced.</exception>
    public static bool Exists(string name, ServiceScope scope, bool force) => Platform.IsOurs(name, scope) switch
    {
        null => false,
        false when !force => throw new NameTakenException($"There is a service '{name}'{Where(name, scope)} that Install-CdbService has not made. Choose another -Name, or give -Force to do it all the same.", name),
        _ => true,
    };

    /// <param name="steps">What is to be done, one after the other.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="tell">Is told each step.</param>
    /// <param name="warn">Is told the lines for an administrator, where one is needed.</param>
    /// <exception cref="PermissionDeniedException">An administrator is needed; nothing is done.</exception>
    /// <exception cref="ServiceException">A step failed; those before it are done, and may be done again.</exception>
    public static void Do(IReadOnlyList<ServiceStep> steps, ServiceScope scope, Action<string> tell, Action<string> warn)
    {
        if (scope == ServiceScope.AllUsers && !Environment.IsPrivilegedProcess)
        {
            warn($"An administrator would run:\n\n{string.Join('\n', steps.Select(step => step.Line))}\n");
            throw new PermissionDeniedException($"{WhoMay} Nothing was done; the warning has the lines that an administrator would run.", null);
        }

        foreach (ServiceStep step in steps)
        {
            tell(step.Line);
            step.Do();
        }
    }

    private static string Where(string name, ServiceScope scope) => Platform.DefinitionPath(name, scope) is { } path ? $" ('{path}')" : "";
}

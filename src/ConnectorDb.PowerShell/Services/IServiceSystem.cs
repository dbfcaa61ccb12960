namespace ConnectorDb.PowerShell.Services;

/// <summary>The service manager of a platform.</summary>
internal interface IServiceSystem
{
    /// <summary>The default scope of new services.</summary>
    ServiceScope DefaultScope { get; }

    /// <exception cref="NotAvailableException">The service manager does not run, or does not support the scope.</exception>
    void Check(ServiceScope scope);

    /// <summary>The data folder of a service with its own account.</summary>
    string DataFolder(string name);

    /// <summary>Path of the definition file of a service; null when the platform has no such files.</summary>
    string? DefinitionPath(string name, ServiceScope scope);

    /// <summary>The text of the definition.</summary>
    string DefinitionText(ServiceDefinition service);

    /// <summary>The names of the services that Install-CdbService made.</summary>
    IEnumerable<string> Names(ServiceScope scope);

    /// <summary>True when Install-CdbService made the service; null when there is no service of this name.</summary>
    bool? IsOurs(string name, ServiceScope scope);

    IReadOnlyList<ServiceStep> Install(ServiceDefinition service);

    IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope);

    CdbServiceState State(string name, ServiceScope scope);

    /// <summary>A hint for the user after the installation; null for none.</summary>
    string? PostInstallHint(ServiceDefinition service);
}

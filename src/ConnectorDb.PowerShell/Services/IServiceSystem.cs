namespace ConnectorDb.PowerShell.Services;

/// <summary>What starts services on a platform, and looks after them.</summary>
internal interface IServiceSystem
{
    /// <summary>Whom it installs for when nothing is said.</summary>
    ServiceScope DefaultScope { get; }

    /// <exception cref="NotAvailableException">It does not run here, or has no services of this scope.</exception>
    void Check(ServiceScope scope);

    /// <summary>Where the data of a service lie that has an account of its own.</summary>
    string DataFolder(string name);

    /// <summary>The file that defines a service; null where there is none.</summary>
    string? DefinitionPath(string name, ServiceScope scope);

    /// <summary>The text of that file.</summary>
    string Definition(ServiceOrder order);

    /// <summary>Whether the service of this name is one of Install-CdbService; null when there is none.</summary>
    bool? IsOurs(string name, ServiceScope scope);

    IReadOnlyList<ServiceStep> Install(ServiceOrder order);

    IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope);

    CdbServiceState State(string name, ServiceScope scope);

    /// <summary>What the user should know of a service installed here; null when nothing.</summary>
    string? Remark(ServiceOrder order);
}

namespace ConnectorDb.PowerShell.Services;

/// <summary>Scope of a service.</summary>
public enum ServiceScope
{
    /// <summary>The machine: the service starts with the machine, under a dedicated account.</summary>
    AllUsers,

    /// <summary>The current user: the service starts when the user logs in, as this user.</summary>
    CurrentUser,
}

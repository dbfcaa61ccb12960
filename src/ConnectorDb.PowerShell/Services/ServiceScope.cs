namespace ConnectorDb.PowerShell.Services;

/// <summary>Whom a service is installed for.</summary>
public enum ServiceScope
{
    /// <summary>The machine: it starts with it, under an account of its own.</summary>
    AllUsers,

    /// <summary>The user who installs it: it starts when the user logs in, as the user.</summary>
    CurrentUser,
}

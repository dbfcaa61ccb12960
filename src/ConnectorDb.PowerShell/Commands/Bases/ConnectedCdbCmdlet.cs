using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that uses a database: the connection given, else the default of the runspace.</summary>
public abstract class ConnectedCdbCmdlet : CdbCmdlet
{
    [Parameter]
    [NonNull]
    [OpenedArgument<CdbConnection>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbConnection>))]
    public CdbConnection? Connection { get; set; }

    protected ICdbClient Client
        => (Connection ?? RunspaceSession.Current.Default ?? throw new NotConnectedException()).Client;

    /// <summary>Finds the errors of a change, for -WhatIf and before a question to the user.</summary>
    private protected ChangeTrial Trial => field ??= new ChangeTrial(Client, Cancellation);

    /// <summary>The device that is logged in.</summary>
    /// <exception cref="NotFoundException">The server was given no login.</exception>
    private protected CdbPath Self => Client.Identity is { Device: not null } self
        ? self
        : throw new NotFoundException($"Nobody is logged in to '{Client.Location}'. Log in: Connect-Cdb '{Client.Location}' -Credential (Get-Credential).", Client.Location);

    /// <summary>Completes a path of the user with the user and device of the connection.</summary>
    /// <exception cref="InvalidNameException">It is no path, or has a wildcard.</exception>
    protected CdbPath Resolve(string text, CdbPathKind kind) => WildcardSearch.HasWildcard(text)
        ? throw new InvalidNameException($"'{text}' has a wildcard, but {MyInvocation.MyCommand.Name} takes one {kind.ToString().ToLowerInvariant()} here. To list the matches: Get-Cdb{kind} '{text}'", text)
        : CdbPath.Resolve(text, kind, Client.Identity);

    /// <exception cref="NotFoundException">The node does not exist, or the login may not see it.</exception>
    private protected void Find(CdbPath path)
    {
        switch (path.Kind)
        {
            case CdbPathKind.User:
                Await.Result(Client.GetUserAsync(path, Cancellation));
                break;
            case CdbPathKind.Device:
                Await.Result(Client.GetDeviceAsync(path, Cancellation));
                break;
            default:
                Await.Result(Client.GetStreamAsync(path.ToStream(), Cancellation));
                break;
        }
    }

    protected override void Begin() => _ = Client;
}

using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets users by name; without a name, all users.</summary>
[Cmdlet(VerbsCommon.Get, "CdbUser", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CdbUser))]
public sealed class GetCdbUserCommand : ConnectedCdbCmdlet
{
    private const string NameSet = "Name";
    private const string CurrentSet = "Current";

    [Parameter(ParameterSetName = NameSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User, TakesOwned = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set => field = OfSet(value); } = ["*"];

    /// <summary>The user that is logged in.</summary>
    [Parameter(ParameterSetName = CurrentSet, Mandatory = true)]
    public SwitchParameter Current { get; set => field = OfSet(value); }

    protected override void Process()
    {
        if (Current)
        {
            WriteObject(CurrentUser());
            return;
        }

        TreeSearch search = new(Client, Cancellation);
        ForEach(User, name => WriteEach(search.Users(name)));
    }

    /// <exception cref="PermissionDeniedException">The device that is logged in may not see its user.</exception>
    private CdbUser CurrentUser()
    {
        try
        {
            return Await.Result(Client.GetUserAsync(CdbPath.ForUser(Self.User), Cancellation));
        }
        catch (NotFoundException)
        {
            throw new PermissionDeniedException($"The device '{Self}' is logged in, and may not see its user '{Self.User}'. Give it the role 'reader' or 'user', or log in as the user.", Self);
        }
    }
}

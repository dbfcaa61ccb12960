using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>A cmdlet that finds subscriptions of the runspace by stream and transform.</summary>
public abstract class SubscriptionCdbCmdlet : CdbCmdlet
{
    private protected const string IdSet = "Id";
    private const string StreamSet = "Stream";

    /// <summary>The streams, complete or relative to the login of the subscription.</summary>
    [Parameter(ParameterSetName = StreamSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubscribedStreamCompleter))]
    public string[]? Stream { get; set => field = OfSet(value); }

    /// <summary>Only the subscriptions with this transform.</summary>
    [Parameter(ParameterSetName = StreamSet)]
    [NonNull]
    [ArgumentCompleter(typeof(SubscribedTransformCompleter))]
    public string? Transform { get; set => field = OfSet(value); }

    /// <exception cref="NotFoundException">There is none, and the stream has no wildcards.</exception>
    private protected CdbSubscription[] Find(string stream)
    {
        CdbSubscription[] found = [.. RunspaceSession.Current.Subscriptions.Where(each => IsOf(each, stream) && (Transform is null || each.Transform == Transform))];
        return found.Length > 0 || WildcardSearch.HasWildcard(stream)
            ? found
            : throw new NotFoundException($"There is no subscription to '{stream}'{(Transform is null ? "" : $" with the transform '{Transform}'")}. Get-CdbSubscription lists the subscriptions.", stream);
    }

    private static bool IsOf(CdbSubscription subscription, string stream)
    {
        string[] given = stream.Split('/');
        string[] self = subscription.Connection.Identity.ToString().Split('/');
        string full = string.Join('/', self.Take(Math.Max(0, (int)CdbPathKind.Stream + 1 - given.Length)).Concat(given));
        string actual = subscription.Path.ToStream().ToString();
        return WildcardSearch.HasWildcard(stream) ? WildcardSearch.Matcher(full)(actual) : full == actual;
    }
}

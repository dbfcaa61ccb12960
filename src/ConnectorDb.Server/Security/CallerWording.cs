using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Security;

/// <summary>The words in which errors are sent: those of cmdlets to our own client, which asks for them by a header, and those of the API to all others.</summary>
internal static class CallerWording
{
    public static Failure InWordsOf(this Failure failure, HttpContext context) => context.KnowsCmdlets() ? failure : RestWording.Of(failure);

    public static string InWordsOf(this string message, HttpContext context) => context.KnowsCmdlets() ? message : RestWording.Of(message);

    public static bool KnowsCmdlets(this HttpContext context) => context.Request.Headers.ContainsKey(ProtocolHeaders.Client);
}

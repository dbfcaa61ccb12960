using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of the services that Install-CdbService made.</summary>
public sealed class ServiceCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        IServiceSystem platform = ServiceInstaller.Platform;
        ServiceScope scope = bound["Scope"] is { } given ? LanguagePrimitives.ConvertTo<ServiceScope>(given) : platform.DefaultScope;
        return platform.Names(scope).Select(name => new CompletionItem(name, name, platform.DefinitionPath(name, scope) ?? ""));
    }
}

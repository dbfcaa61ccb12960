using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Replaces wildcards and patterns by the fields and tags that they stand for.</summary>
/// <param name="fields">The fields of all measurements.</param>
/// <param name="tags">Their tags, without those that the statement groups by.</param>
internal sealed class FieldExpansion(IReadOnlyDictionary<string, FieldKind> fields, IReadOnlyCollection<string> tags, QueryBudget budget)
{
    public IReadOnlyList<SelectedField> Expand(IReadOnlyList<SelectedField> selected) => [.. selected.SelectMany(Expand)];

    private IEnumerable<SelectedField> Expand(SelectedField field) => field.Expression switch
    {
        WildcardExpression or RegexExpression => Names(field.Expression).Select(name => new SelectedField(name, null)),
        CallExpression call when Innermost(call) is var inner && inner.Arguments.Count > 0 && inner.Arguments[0] is WildcardExpression or RegexExpression => Calls(field, call),
        _ => [field],
    };

    /// <summary>The fields and tags, sorted by their names.</summary>
    private IEnumerable<NameExpression> Names(InfluxExpression wildcard)
    {
        string? type = wildcard is WildcardExpression { Type: var wanted } ? wanted : null;
        IEnumerable<NameExpression> all = (type == "tag" ? [] : fields.Keys.Select(name => new NameExpression(name, "field")))
            .Concat(type == "field" ? [] : tags.Select(name => new NameExpression(name, "tag")));
        return all.Where(name => IsMatch(wildcard, name.Name)).OrderBy(name => name.Name, StringComparer.Ordinal).ThenBy(name => name.Type, StringComparer.Ordinal);
    }

    private IEnumerable<SelectedField> Calls(SelectedField field, CallExpression call)
    {
        CallExpression inner = Innermost(call);
        return fields.Where(known => IsMatch(inner.Arguments[0], known.Key) && Takes(inner.Function, known.Value))
            .OrderBy(known => known.Key, StringComparer.Ordinal)
            .Select(known => new SelectedField(With(call, new NameExpression(known.Key, null)), $"{field.Alias ?? call.Function}_{known.Key}"));
    }

    private bool IsMatch(InfluxExpression wildcard, string name) => wildcard is not RegexExpression regex || ExpressionMatch.IsMatch(regex.Pattern, name, budget);

    private static bool Takes(string function, FieldKind kind)
        => kind == FieldKind.Number || FunctionCatalog.TakesAnyValues(function) || (kind == FieldKind.Boolean && function is "min" or "max");

    private static CallExpression Innermost(CallExpression call) => call.Arguments.Count > 0 && call.Arguments[0] is CallExpression inner ? Innermost(inner) : call;

    private static CallExpression With(CallExpression call, NameExpression field)
        => call with { Arguments = [call.Arguments[0] is CallExpression inner ? With(inner, field) : field, .. call.Arguments.Skip(1)] };
}

using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Language;

namespace ConnectorDb.Core.PipeScript.Evaluation.Binding;

/// <summary>Finds the transform of a call and checks the arguments against its declaration.</summary>
internal sealed class CallBinder(SourceText source, ScriptSettings settings, IReadOnlyDictionary<string, Transform> transforms, QueryBudget budget, Binder binder)
{
    public Plan Bind(Call call)
    {
        budget.Step();
        Transform transform = Find(call);
        List<Plan> arguments = BindArguments(call, transform);
        TransformInfo info = transform.Info;
        return new Plan(transform.Bind(new BoundCall(source, call, arguments, settings, budget)))
        {
            OneToOne = info.OneToOne || transform.Gathers,
            Gathers = transform.Gathers,
            Stateless = info.Stateless,
            Peek = info.Peek,
            Delays = info.Peek || arguments.Where((plan, i) => plan.Delays && !info.Arguments[i].Body).Any(),
            BareTransform = call.Arguments.Length == 0 ? call.Name : null,
        };
    }

    private Transform Find(Call call)
    {
        if (transforms.TryGetValue(call.Name, out Transform? transform))
        {
            return transform;
        }

        string advice = Spelling.Nearest(call.Name, transforms.Keys) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : "Get-CdbTransform lists those there are.";
        throw source.Error(call.NameSpan, $"There is no transform '{call.Name}'. {advice}");
    }

    private List<Plan> BindArguments(Call call, Transform transform)
    {
        ArgumentInfo[] declared = transform.Info.Arguments;
        if (call.Arguments.Length > declared.Length)
        {
            string accepted = declared.Length == 0 ? "no arguments" : $"at most {declared.Length} argument{(declared.Length == 1 ? "" : "s")}";
            throw source.Error(call.Arguments[declared.Length].Span, $"{call.Name} takes {accepted}, not {call.Arguments.Length}.");
        }

        List<Plan> arguments = [];
        for (int i = 0; i < declared.Length; i++)
        {
            if (i < call.Arguments.Length)
            {
                arguments.Add(Check(call, i, transform));
            }
            else if (declared[i].Default is { } text)
            {
                arguments.Add(binder.Bind(Parser.Parse(new SourceText(text))));
            }
            else if (!declared[i].Optional)
            {
                throw source.Error(call.NameSpan, Missing(call, declared, i));
            }
        }

        return arguments;
    }

    private string Missing(Call call, ArgumentInfo[] declared, int argument)
    {
        string usage = $"{call.Name}({string.Join(", ", declared.Where(one => !one.Optional).Select(one => one.Name))})";
        bool isBeforeMinus = source.Text.AsSpan(call.NameSpan.End).TrimStart().StartsWith("-", StringComparison.Ordinal);
        string minus = isBeforeMinus ? " After a name a minus subtracts, so an argument that begins with one needs the brackets." : "";
        return $"{call.Name} needs its argument {declared[argument].Name}: {usage}. {declared[argument].Description}{minus}";
    }

    private Plan Check(Call call, int argument, Transform transform)
    {
        Expression expression = call.Arguments[argument];
        ArgumentInfo declared = transform.Info.Arguments[argument];
        string role = $"Argument {argument + 1} of {call.Name}";
        Plan plan = argument == transform.KeyArgument ? binder.BindKey(expression, role) : binder.BindOneToOne(expression, role);
        if (declared.Constant && plan.Value is null)
        {
            throw source.Error(
                expression.Span,
                plan.Constant
                    ? $"Argument {argument + 1} of {call.Name} cannot be computed: {Constants.Problem(plan)}."
                    : $"Argument {argument + 1} of {call.Name} must be a constant, because it is needed before the first datapoint.");
        }

        if (declared.Body && plan.Delays && !transform.BodiesMayPeek)
        {
            throw source.Error(
                expression.Span,
                $"Argument {argument + 1} of {call.Name} cannot look ahead with last or next, because it gets its datapoints one by one.");
        }

        return plan;
    }
}

using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Operators;
using ConnectorDb.Core.PipeScript.Evaluation.Values;
using ConnectorDb.Core.PipeScript.Language;

namespace ConnectorDb.Core.PipeScript.Evaluation.Binding;

/// <summary>Turns expressions into plans: checks the static rules and computes constants.</summary>
/// <param name="source">The script.</param>
/// <param name="settings">Its limits.</param>
/// <param name="transforms">The transforms by name.</param>
/// <param name="budget">Counts what the script takes before its first datapoint.</param>
internal sealed class Binder(SourceText source, ScriptSettings settings, IReadOnlyDictionary<string, Transform> transforms, QueryBudget budget)
{
    public Plan Bind(Expression expression) => expression switch
    {
        Literal literal => Constants.Of(literal.Value),
        Prefix prefix => BindPrefix(prefix),
        Chain chain => BindChain(chain, BinaryOperation.Of, BindOneToOne),
        Pipe pipe => BindPipe(pipe),
        ObjectLiteral literal => BindObject(literal),
        Call call => new CallBinder(source, settings, transforms, budget, this).Bind(call),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    /// <summary>Binds a part that must have one result per datapoint.</summary>
    /// <param name="role">The name of the part, as the beginning of a sentence.</param>
    public Plan BindOneToOne(Expression expression, string role)
    {
        Plan plan = Bind(expression);
        return plan.OneToOne && !plan.Gathers
            ? plan
            : throw source.Error(expression.Span, $"{role} must give one result for each datapoint, and this does not. Make it a stage of its own, before a |.");
    }

    /// <summary>Binds a key: a sum with a text that is no number joins texts.</summary>
    /// <inheritdoc cref="BindOneToOne"/>
    public Plan BindKey(Expression expression, string role)
        => expression is Chain chain && IsJoin(chain) ? BindChain(chain, _ => new JoinOperation(), BindKey) : BindOneToOne(expression, role);

    private static bool IsJoin(Expression expression) => expression switch
    {
        Chain chain => chain.Links.All(link => link.Operator == Operator.Add) && chain.Links.Select(link => link.Operand).Prepend(chain.First).Any(IsJoin),
        Literal { Value: { Kind: DataKind.Text } text } => !Conversion.TryNumber(text, out _),
        _ => false,
    };

    private Plan BindPrefix(Prefix prefix)
    {
        Plan operand = BindOneToOne(prefix.Operand, "An operand");
        ArgumentPlans arguments = new(operand);
        return Constants.Fold(new Plan(
            prefix.Operator == Operator.Not
                ? activation => new NotNode(arguments, activation)
                : activation => new NegationNode(arguments, activation))
        {
            Constant = operand.Constant,
            Delays = operand.Delays,
        });
    }

    private Plan BindChain(Chain chain, Func<Operator, BinaryOperation> operationOf, Func<Expression, string, Plan> bind)
    {
        Plan first = bind(chain.First, "An operand");
        List<(BinaryOperation Operation, Plan Operand, bool Delays)> links = new(chain.Links.Length);
        bool isConstant = first.Constant;
        bool delays = first.Delays;
        foreach ((Operator name, Expression expression) in chain.Links)
        {
            Plan operand = bind(expression, "An operand");
            isConstant &= operand.Constant;
            delays |= operand.Delays;
            links.Add((operationOf(name), operand, delays));
        }

        return Constants.Fold(new Plan(Start)
        {
            Constant = isConstant,
            Stateless = chain.Links[0].Operator is not (Operator.And or Operator.Or),
            Delays = delays,
        });

        ChainNode Start(Activation activation)
            => new(
                first.Start(activation),
                links.Select(link => new ChainNode.Step(link.Operation, link.Operand.Start(activation), link.Delays, activation.Memory)).ToArray());
    }

    private Plan BindObject(ObjectLiteral literal)
    {
        string[] names = literal.Members.Select(member => member.Key).ToArray();
        Plan[] bodies = new Plan[names.Length];
        for (int i = 0; i < bodies.Length; i++)
        {
            Expression value = literal.Members[i].Value;
            bodies[i] = BindOneToOne(value, "A value of an object");
            if (bodies[i].Delays)
            {
                throw source.Error(value.Span, "A value of an object cannot look ahead with last or next. Look ahead in a stage before.");
            }
        }

        return Constants.Fold(new Plan(activation => new ObjectLiteralNode(names, Array.ConvertAll(bodies, body => body.Start(activation))))
        {
            Constant = bodies.All(body => body.Constant),
            Stateless = false,
        });
    }

    private Plan BindPipe(Pipe pipe)
    {
        List<Plan> stages = [Bind(pipe.Stages[0])];
        foreach (Expression expression in pipe.Stages.Skip(1))
        {
            Plan stage = Bind(expression);
            if (stage.Constant && stages.TrueForAll(before => before.OneToOne))
            {
                if (stage.Value is not { } value)
                {
                    throw source.Error(expression.Span, $"This constant cannot be computed: {Constants.Problem(stage)}.");
                }

                stages.Clear();
                stage = Constants.Of(value);
            }

            stages.Add(stage);
        }

        return stages.Count == 1 ? stages[0] : Connect(stages.ToArray());
    }

    private static Plan Connect(Plan[] stages)
        => new(activation => new PipeNode(Array.ConvertAll(stages, stage => stage.Start(activation))))
        {
            OneToOne = stages.All(stage => stage.OneToOne),
            Gathers = stages.Any(stage => stage.Gathers),
            Stateless = stages.All(stage => stage.Stateless),
            Peek = stages.Any(stage => stage.Peek),
            Delays = stages.Any(stage => stage.Delays),
        };
}

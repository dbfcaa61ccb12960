BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Invoke-CdbTransform' {
    It 'transforms numbers without a connection' {
        (1..5 | Invoke-CdbTransform 'if $ > 2 | $ * 10').Data | Should -Be @(30, 40, 50)
        (1..5 | Invoke-CdbTransform 'sum | if last').Data | Should -Be 15
    }

    It 'keeps the origin when a result corresponds to one datapoint' {
        $asked = [pscustomobject]@{ t = 1769886000; d = 1; o = 'me/phone' }
        ($asked | Invoke-CdbTransform '$ * 2').Origin | Should -Be 'me/phone'
        ($asked | Invoke-CdbTransform 'map($, count)').Origin | Should -BeNullOrEmpty
    }

    It 'transforms text and groups' {
        $counts = ('cat', 'dog', 'cat' | Invoke-CdbTransform 'map $ count').Data
        $counts.cat | Should -Be 2
        $counts.dog | Should -Be 1
    }

    It 'reads values and times from properties' {
        $rows = "time,value`n2026-01-31T18:00:00Z,2`n2026-01-31T19:00:00Z,4" | ConvertFrom-Csv
        $result = $rows | Invoke-CdbTransform 'sum | if last' -Property value -TimestampProperty time
        $result.Data | Should -Be 6
        $result.T | Should -Be 1769886000
    }

    It 'combines several properties into a value' {
        $row = [pscustomobject]@{ a = 1; b = 2; c = 3 }
        ($row | Invoke-CdbTransform '$("a") + $("b")' -Property a, b).Data | Should -Be 3
    }

    It 'returns results before the input ends' {
        (1..1000000 | Invoke-CdbTransform '$ * 2' | Select-Object -First 1).Data | Should -Be 2
    }

    It 'rejects an unknown transform, and suggests a similar name' {
        { 1 | Invoke-CdbTransform 'cuont' } | Should -Throw -ErrorId 'ScriptSyntax*' -ExpectedMessage '*count*'
    }

    It 'returns results before an unsuitable value' {
        $problem = $null
        $results = [System.Collections.Generic.List[object]]::new()
        try { 1, 2, 'three' | Invoke-CdbTransform '$ + 1' | ForEach-Object { $results.Add($_.Data) } }
        catch { $problem = $_ }
        $results | Should -Be @(2, 3)
        $problem.FullyQualifiedErrorId | Should -BeLike 'ScriptFailed*'
    }

    It 'returns <Expected> for <Script>' -ForEach @(
        @{ Script = "Invoke-CdbTransform '`$ * 2' 1, 2, 3"; Expected = '2 4 6' }
        @{ Script = "'a', 'b' | Invoke-CdbTransform 'append | if last'"; Expected = 'ab' }
        @{ Script = '@{ t = 10; d = 1 }, @{ t = 12; d = 2 } | Invoke-CdbTransform t'; Expected = '10 12' }
        @{ Script = "[pscustomobject]@{ a = 5; b = 6 } | Invoke-CdbTransform '`$' -Property b"; Expected = '6' }
        @{ Script = "[pscustomobject]@{ a = 5; b = 6 } | Invoke-CdbTransform '`$(`"a`") + `$(`"b`")'"; Expected = '11' }
        @{ Script = "[pscustomobject]@{ a = 5; b = 6; c = 7 } | Invoke-CdbTransform length -Property a, b"; Expected = '2' }
        @{ Script = "[timespan]::FromHours(2), [version]'1.2' | Invoke-CdbTransform '`$'"; Expected = '7200 1.2' }
    ) {
        (Invoke-Expression $Script).Data -join ' ' | Should -Be $Expected
    }

    It 'reads the properties of any object' {
        (Get-Process -Id $PID | Invoke-CdbTransform '$("Id")').Data | Should -Be $PID
    }

    It 'returns a result before it reads the next value' {
        $log = [System.Collections.ArrayList]::new()
        1, 2 | ForEach-Object { $null = $log.Add("in $_"); $_ } | Invoke-CdbTransform sum | ForEach-Object { $null = $log.Add("out $($_.Data)") }
        $log | Should -Be @('in 1', 'out 1', 'in 2', 'out 3')
    }

    It 'keeps origins through a second transform' {
        $asked = [pscustomobject]@{ t = 10; d = 1; o = 'me/phone' }
        ($asked | Invoke-CdbTransform '$ * 2' | Invoke-CdbTransform 'if last').Origin | Should -Be 'me/phone'
    }

    It 'keeps the times of datapoints' {
        $own = Connect-Cdb -Path $store
        $null = New-CdbStream a
        Add-CdbDatapoint a 1, 2, 3 -Timestamp 10, 20, 30
        (Get-CdbDatapoint a | Invoke-CdbTransform 'if $ > 1').T | Should -Be @(20, 30)
        (Get-CdbDatapoint a -Transform 'if $ > 1').T | Should -Be @(20, 30)
        Disconnect-Cdb $own
    }

    It 'reports an unsuitable value' {
        { 1, 2, 'x', 4 | Invoke-CdbTransform sum } | Should -Throw -ErrorId 'ScriptFailed*' -ExpectedMessage '*"x"*'
    }

    It 'omits values that JSON cannot represent' {
        $results = 1, [double]::NaN, 2 | Invoke-CdbTransform sum -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidValue*'
        $results | Should -HaveCount 2
    }

    It 'ends a script that doubles its values with an error that names the limit' {
        foreach ($stage in '$ + $', '{"a": $, "b": $}') {
            $script = @($stage) * 60 -join ' | '
            { 'text' | Invoke-CdbTransform $script -ErrorAction Stop } | Should -Throw '*a value of more than * bytes, which is the maximum*' -ErrorId 'QueryLimit,*'
        }
        'text' | Invoke-CdbTransform '$ + $' | ForEach-Object Data | Should -Be 'texttext'
    }

    It 'shows the position of an error' {
        $problem = { 1 | Invoke-CdbTransform "count |`n  if `$ > 2 | cuont" } | Should -Throw -ErrorId 'ScriptSyntax*' -PassThru
        "$problem" | Should -BeLike "*Did you mean 'count'*"
        $problem.Exception.Message | Should -Match '\^{5}$'
        $place = $problem.TargetObject
        $place.Line, $place.Column, $place.Length | Should -Be @(2, 14, 5)
        $place.StartColumn, $place.EndColumn | Should -Be @(14, 19)
        $place.LineText | Should -Be "if `$ > 2 | cuont`n     |            ^^^^^"
    }

    It 'reads times by format, zone and culture, and by the order of the rows' {
        $rows = "when,v`n25.10.2026 01:30,1`n25.10.2026 02:30,2`n25.10.2026 02:00,3`n25.10.2026 03:00,4" | ConvertFrom-Csv
        $with = @{ TimestampProperty = 'when'; Property = 'v'; TimeZone = 'Europe/Berlin' }
        foreach ($form in @{ TimestampFormat = 'dd.MM.yyyy HH:mm' }, @{ Culture = 'de-DE' }) {
            ($rows | Invoke-CdbTransform '$' @with @form).Time | Should -Be '2026-10-24T23:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'
        }
        $rows | Invoke-CdbTransform '$' @with -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.Count | Should -Be 4
    }
}

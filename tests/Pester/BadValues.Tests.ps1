# What Add-CdbDatapoint does not store: its errors, counts and results.
BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Add-CdbDatapoint with bad values' {
    It 'says nothing of others when there is one value: <_>' -ForEach "'x'", '[double]::NaN' {
        $stream = New-EmptyStream number
        Invoke-Expression $_ | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -BeLike "Datapoint 1 for '$stream' was not stored. *"
    }

    It 'says how many were stored, where errors are shown' {
        $stream, $other = (New-EmptyStream number), (New-EmptyStream number)
        'x', { 1 }, 2 | Add-CdbDatapoint $stream -ErrorAction Continue -WarningVariable warnings -WarningAction SilentlyContinue 2> $null
        $warnings | Should -Be "1 of 3 datapoints for '$stream' was stored."
        $mixed = foreach ($path in $stream, $other) { 1, 'x' | ForEach-Object { [pscustomobject]@{ Stream = $path; v = $_ } } }
        $mixed | Add-CdbDatapoint -ValueProperty v -ErrorAction Continue -WarningVariable warnings -WarningAction SilentlyContinue 2> $null
        $warnings | Should -Be '2 of 4 datapoints for 2 streams were stored.'
        'x', 2 | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -WarningVariable none
        $none | Should -BeNullOrEmpty
    }

    It 'counts from one, also after values that cannot be read, and says the same in both texts' {
        $stream = New-EmptyStream number
        'x', [double]::NaN, 1, 'y', { 2 }, 3, 'z' | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 3)
        $problems | ForEach-Object { "$_" -replace '^Datapoint (\d+) .*', '$1' } | Sort-Object | Should -Be @('1', '2', '4', '5', '7')
        foreach ($problem in $problems) { $problem.Exception.Message | Should -BeExactly "$problem" }
    }

    It 'stores with -ErrorAction Stop exactly what came before <Bad>, at <At>' -ForEach @(
        foreach ($bad in "'x'", '[double]::NaN', '@{ t = 1; d = 1 }', '{ 1 }') { foreach ($at in 1, 2, 5, 3000) { @{ Bad = $bad; At = $at } } }
    ) {
        $stream = New-EmptyStream integer
        $worst = Invoke-Expression $Bad
        $problem = $null
        try {
            1..4000 | ForEach-Object { if ($_ -eq $At) { $worst } else { @{ t = 1000000 + $_; d = $_ } } } | Add-CdbDatapoint $stream -ErrorAction Stop
        } catch { $problem = $_ }
        if ($Bad -like '@*' -and $At -eq 1) {
            # The first time is never too old.
            $problem | Should -BeNullOrEmpty
            return
        }
        (Get-CdbStream $stream).Datapoints | Should -Be ($At - 1)
        "$problem" | Should -BeLike "Datapoint $At for '$stream' was not stored, nor anything after it*"
        $problem.Exception.Message | Should -BeExactly "$problem"
        if ($At -gt 2) { "$problem" | Should -BeLike "*; the $($At - 1) before it are.*" }
    }

    It 'stores with the preference Stop, of several streams, exactly what came before' {
        $streams = 1..3 | ForEach-Object { New-EmptyStream integer }
        $ErrorActionPreference = 'Stop'
        {
            1..9000 | ForEach-Object { [pscustomobject]@{ Stream = $streams[$_ % 3]; t = $_; d = $_ -eq 6001 ? 'x' : $_ } } | Add-CdbDatapoint
        } | Should -Throw -ErrorId 'SchemaViolation*' -ExpectedMessage '*the 6000 before it are*'
        ($streams | ForEach-Object { Get-CdbDatapoint $_ }).Data | Sort-Object | Should -Be (1..6000)
    }

    It 'stores with -ErrorAction Stop what came before, of an array too' {
        $stream = New-EmptyStream number
        { Add-CdbDatapoint $stream ([double[]](1.5, 2.5, [double]::NaN, 3.5)) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "Datapoint 3 for '$stream'*"
        (Get-CdbDatapoint $stream).Data | Should -Be @(1.5, 2.5)
    }

    It 'reports values that violate the schema and stores the others' {
        $stream = New-EmptyStream number
        1, 2, 'three', 4, $true, 6 | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | ForEach-Object FullyQualifiedErrorId | Should -BeLike 'SchemaViolation*'
        $problems | Should -HaveCount 2
        "$($problems[0])" | Should -BeLike "*Datapoint 3 for '$stream'*three*"
        "$($problems[1])" | Should -BeLike "*Datapoint 5 for '$stream'*"
        $problems[0].TargetObject.Data | Should -Be 'three'
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 2, 4, 6)
    }

    It 'reports each invalid datapoint with its position' {
        $stream = New-EmptyStream number
        $values = [object[]] (1..2000)
        $values[499] = 'a'; $values[500] = 'b'; $values[1999] = 'c'
        $values | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | ForEach-Object { "$_".Split(' ')[1] } | Should -Be @('500', '501', '2000')
        (Get-CdbDatapoint $stream).Data | Should -Be (1..1999 | Where-Object { $_ -notin 500, 501 })
    }

    It 'rejects <_>, which JSON cannot represent, and stores the others' -ForEach @(
        '[double]::NaN'
        '[double]::PositiveInfinity'
        '[Diagnostics.Process]::GetCurrentProcess()'
        '& { $loop = @{}; $loop.self = $loop; $loop }'
    ) {
        $stream = New-EmptyStream
        1, (Invoke-Expression $_), 2 | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidValue*'
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 2)
    }

    It 'rejects an earlier time and stores the others' {
        $stream = New-EmptyStream number
        @{ t = 5; d = 1 }, @{ t = 4; d = 2 }, @{ t = 6; d = 3 } | Add-CdbDatapoint $stream -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'TimeOrder*'
        "$($problems[0])" | Should -Match 'Datapoint 2\b'
        (Get-CdbDatapoint $stream).T | Should -Be @(5, 6)
    }

    It 'stores a late datapoint at the newest time with -Restamp' {
        $stream = New-EmptyStream number
        @{ t = 5; d = 1 }, @{ t = 4; d = 2 } | Add-CdbDatapoint $stream -Restamp
        (Get-CdbDatapoint $stream).T | Should -Be @(5, 5)
    }

    It 'rejects a value without a time when the newest datapoint is in the future' {
        $stream = New-EmptyStream number
        Add-CdbDatapoint $stream 1 -Timestamp ([datetimeoffset]::UtcNow.AddHours(1))
        { 2 | Add-CdbDatapoint $stream -ErrorAction Stop } | Should -Throw -ErrorId 'TimeOrder*' -ExpectedMessage "*take it back: Remove-CdbDatapoint $stream -After *-Restamp*"
        3 | Add-CdbDatapoint $stream -Restamp
        (Get-CdbDatapoint $stream).Data | Should -Be @(1, 3)
    }

    It 'reads properties added to a type by Update-TypeData' {
        Update-TypeData -TypeName CdbTestCell -MemberType ScriptProperty -MemberName V -Value { $this.mV / 1000 } -Force
        $plain = [pscustomobject]@{ mV = 1500 }
        $null = $plain.PSTypeNames
        $stream = New-EmptyStream
        $plain, [pscustomobject]@{ PSTypeName = 'CdbTestCell'; mV = 3000 }, [pscustomobject]@{ mV = 7; V = 8 } | Add-CdbDatapoint $stream
        Get-CdbDatapoint $stream | ForEach-Object { $_.GetValue().ToJson() } | Should -Be '{"mV":1500}', '{"mV":3000,"V":3}', '{"mV":7,"V":8}'
    }

    It 'reports a stream that is removed meanwhile at once, and counts all that comes after it' {
        $stream = New-EmptyStream
        $sent = 1
        & { 1; Remove-CdbStream $stream -Confirm:$false; while (-not $failed -and $sent -lt 5e6) { ($sent++) }; 2 } |
            Add-CdbDatapoint $stream -ErrorVariable failed -ErrorAction Continue -WarningVariable told -WarningAction SilentlyContinue 2>$null
        $failed | Should -HaveCount 1
        $sent | Should -BeLessThan 5e6
        "$told" | Should -BeLike "* of * datapoints *$stream*"
    }
}

Describe 'Invoke-CdbMerge <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $start = 1769882400
        $null = New-CdbStream even
        $null = New-CdbStream odd
        Add-CdbDatapoint even -Value 0, 2, 4 -Timestamp $start, ($start + 2), ($start + 4)
        Add-CdbDatapoint odd -Value 1, 3 -Timestamp ($start + 1), ($start + 3)
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'returns datapoints in order of time' {
        (Invoke-CdbMerge even, odd).Data | Should -Be @(0..4)
    }

    It 'returns the first-named stream first at equal times' {
        (Invoke-CdbMerge odd, even, odd).Data | Should -Be @(0, 1, 1, 2, 3, 3, 4)
    }

    It 'merges the streams with a label' {
        $null = New-CdbStream low, high -Label @{ room = 'attic' }
        Add-CdbDatapoint low -Value 1 -Timestamp $start
        Add-CdbDatapoint high -Value 2, 3 -Timestamp ($start + 1), ($start + 9)
        (Invoke-CdbMerge @{ Label = @{ room = 'att*' } } -To ($start + 5)).Data | Should -Be 1, 2
        (Invoke-CdbMerge @{ Label = @{ room = 'attic' }; Transform = '$ * 10' }, odd).Data | Should -Be 10, 20, 1, 3, 30
        { Invoke-CdbMerge @{ Label = @{ room = 'cellar' } } } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*room=cellar*'
        Remove-CdbStream low, high -Confirm:$false
    }

    It 'applies a range to all streams or to one' {
        (Invoke-CdbMerge even, odd -From ($start + 1) -To ($start + 3)).Data | Should -Be @(1, 2, 3)
        (Invoke-CdbMerge even, @{ Stream = 'odd'; Last = 1 }).Data | Should -Be @(0, 2, 3, 4)
    }

    It 'applies a range of times and a number of datapoints together' {
        (Invoke-CdbMerge @{ Stream = 'even'; From = $start + 1; First = 1 }, @{ Stream = 'odd'; To = $start + 2; Last = 5 }).Data | Should -Be 1, 2
        { Invoke-CdbMerge @{ Stream = 'even'; Index = 0; Last = 1 } } | Should -Throw -ErrorId 'InvalidRange*' -ExpectedMessage "*'Index'*"
    }

    It 'runs a transform for each stream' {
        (Invoke-CdbMerge @{ Stream = 'even'; Transform = '$ * 10' }, odd).Data | Should -Be @(0, 1, 20, 3, 40)
    }

    It 'returns the stream of each datapoint, also in the table' {
        (Invoke-CdbMerge even, @{ Stream = 'odd'; Transform = '$ * 10' }).Stream | Should -Be @('me/user/even', 'me/user/odd', 'me/user/even', 'me/user/odd', 'me/user/even')
        (Invoke-CdbMerge even, odd | Out-String) | Should -Match 'Time +Stream +Data'
    }

    It 'accepts streams from the pipeline' {
        @(Get-CdbStream | Invoke-CdbMerge).Count | Should -Be 5
    }

    It 'reports a stream that does not exist' {
        { Invoke-CdbMerge even, nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'reports an unknown key of a query' {
        { Invoke-CdbMerge @{ Stream = 'even'; Colour = 'red' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*colour*'
    }

    It 'accepts <Query> as queries' -ForEach @(
        @{ Query = "@{ stream = 'even'; limit = 1 }, @{ stream = 'odd'; transform = '`$ * 10' }"; Expected = 0, 10, 30 }
        @{ Query = "@{ stream = 'me/user/even'; i1 = 1; i2 = 2 }, @{ stream = 'odd'; t1 = 1769882400; t2 = 1769882403 }"; Expected = 1, 2, 3 }
        @{ Query = "@{ stream = 'even'; index = '1..2' }, even"; Expected = 0, 2, 2, 4, 4 }
    ) {
        (Invoke-Expression "Invoke-CdbMerge $Query").Data | Should -Be $Expected
    }

    It 'runs a transform over the merged datapoints' {
        (Invoke-CdbMerge even, odd -Transform 'if $ > 2').Data | Should -Be @(3, 4)
    }

    It 'can be added to one stream, or each datapoint to its own stream' {
        $null = New-CdbStream all, first, second
        Add-CdbDatapoint first 1, 2 -Timestamp 10, 20
        Add-CdbDatapoint second 5 -Timestamp 15
        Invoke-CdbMerge first, second | Add-CdbDatapoint all
        (Get-CdbDatapoint all).Data | Should -Be @(1, 5, 2)
        Invoke-CdbMerge first, second -Transform 'tshift(100)' | Add-CdbDatapoint
        (Get-CdbDatapoint first).Data | Should -Be @(1, 2, 1, 2)
        (Get-CdbDatapoint second).Data | Should -Be @(5, 5)
    }

    It 'rejects <Query> with <Id>, and returns nothing' -ForEach @(
        @{ Query = '@{ from = 1 }'; Id = 'InvalidValue' }
        @{ Query = "@{ stream = 'even'; from = 'then' }"; Id = 'InvalidValue' }
        @{ Query = "@{ stream = 'even'; limit = 'few' }"; Id = 'InvalidValue' }
        @{ Query = "@{ stream = 'even'; t1 = 5; i1 = 5 }"; Id = 'InvalidRange' }
        @{ Query = '5'; Id = 'InvalidValue' }
        @{ Query = "even -Transform 'cuont'"; Id = 'ScriptSyntax' }
    ) {
        { Invoke-Expression "Invoke-CdbMerge $Query -ErrorAction Stop" } | Should -Throw -ErrorId "$Id*"
    }
}

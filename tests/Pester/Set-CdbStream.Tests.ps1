BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature -Nickname 'Office' -Schema number
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Set-CdbStream' {
    It 'changes the given properties and keeps the others' {
        Set-CdbStream temperature -Description 'By the window'
        $stream = Get-CdbStream temperature
        $stream.Description | Should -Be 'By the window'
        $stream.Nickname | Should -Be 'Office'
    }

    It 'replaces the labels' {
        Set-CdbStream temperature -Label @{ room = 'office'; floor = 2 }
        (Get-CdbStream temperature).Labels.floor | Should -Be '2'
        $stream = Get-CdbStream temperature
        $stream.Labels = @{ room = 'kitchen' }
        $stream | Set-CdbStream
        "$((Get-CdbStream temperature).Labels)" | Should -Be 'room=kitchen'
        Get-CdbStream temperature | Select-Object Path, Labels | ConvertTo-Csv | ConvertFrom-Csv | Set-CdbStream
        Get-CdbStream temperature | Select-Object Path, Labels | ConvertTo-Json | ConvertFrom-Json | Set-CdbStream
        [pscustomobject]@{ Path = 'temperature'; Labels = '' } | Set-CdbStream
        "$((Get-CdbStream temperature).Labels)" | Should -Be 'room=kitchen'
        Set-CdbStream temperature -Label $null
        (Get-CdbStream temperature).Labels.Count | Should -Be 0
        Set-CdbStream temperature -Label 'room=hall', 'floor=1'
        "$((Get-CdbStream temperature).Labels)" | Should -Be 'room=hall; floor=1'
        { Set-CdbStream temperature -Label 'office' } | Should -Throw "*'office' is not a list of labels*"
        { Set-CdbStream temperature -Label @{ room = 'a', 'b' } } | Should -Throw "*The label 'room' is a list*"
    }

    It 'accepts streams from the pipeline and returns them with -PassThru' {
        (Get-CdbStream temperature | Set-CdbStream -Icon 'thermometer' -PassThru).Icon | Should -Be 'thermometer'
    }

    It 'validates new values with a new schema' {
        'warm' | Add-CdbDatapoint temperature -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        Set-CdbStream temperature -Schema '{}'
        'warm' | Add-CdbDatapoint temperature
        (Get-CdbDatapoint temperature -Last 1).Data | Should -Be 'warm'
    }

    It 'does nothing with -WhatIf' {
        Set-CdbStream temperature -Nickname 'Ghost' -WhatIf
        (Get-CdbStream temperature).Nickname | Should -Be 'Office'
    }

    It 'reports a stream that does not exist' {
        { Set-CdbStream nothing -Nickname x -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'clears a property and changes a flag' {
        (Set-CdbStream temperature -Description '' -PassThru).Description | Should -BeExactly ''
        (Set-CdbStream temperature -Downlink -PassThru).Downlink | Should -BeTrue
        (Set-CdbStream temperature -Downlink:$false -PassThru).Downlink | Should -BeFalse
    }
}

Describe 'Set-CdbStream -Schema' {
    It 'warns if the newest datapoint does not satisfy the schema, and keeps it' {
        $stream = New-EmptyStream
        1, 'warm' | Add-CdbDatapoint $stream
        Set-CdbStream $stream -Schema number -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*newest datapoint of '$stream' does not satisfy*warm*"
        (Get-CdbDatapoint $stream).Data | Should -Be 1, 'warm'
        Set-CdbStream $stream -Schema string -WarningVariable none
        Set-CdbStream (New-EmptyStream) -Schema string -WarningVariable +none
        $none | Should -BeNullOrEmpty
    }
}

Describe 'A label of an object' {
    It 'is not set alone, and the error has the command that sets it: <_>' -ForEach '$s.Labels["floor"] = "2"', '$s.Labels.floor = "2"' {
        $null = New-CdbStream labelled -Label @{ room = 'kitchen' } -ErrorAction Ignore
        $s = $stream = Get-CdbStream labelled
        $problem = { Invoke-Expression $_ } | Should -Throw -ExpectedMessage '*Set-CdbStream*' -PassThru
        "$problem" -match 'Set-CdbStream .*\}' | Should -BeTrue
        Invoke-Expression $Matches[0]
        "$((Get-CdbStream labelled).Labels)" | Should -Match 'room=kitchen'
        "$((Get-CdbStream labelled).Labels)" | Should -Match 'floor=2'
        $stream.Labels['nothing'] | Should -BeNullOrEmpty
        Remove-CdbStream labelled -Confirm:$false
    }
}

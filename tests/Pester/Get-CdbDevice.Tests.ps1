Describe 'Get-CdbDevice <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        'pi', 'phone' | ForEach-Object { $null = New-CdbDevice $_ }
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'lists the devices of the current user' {
        (Get-CdbDevice).Name | Should -Contain 'pi'
        (Get-CdbDevice).Name | Should -Contain 'user'
    }

    It 'accepts names, whole paths and wildcards' {
        (Get-CdbDevice pi).Name | Should -Be 'pi'
        (Get-CdbDevice 'me/pi').Name | Should -Be 'pi'
        (Get-CdbDevice 'p*').Name | Sort-Object | Should -Be @('phone', 'pi')
    }

    It 'gets the device that is logged in' {
        "$((Get-CdbDevice -Current).Path)" | Should -Be 'me/user'
    }

    It 'leaves out hidden devices with -Visible' {
        (Get-CdbDevice).Name | Should -Contain 'meta'
        (Get-CdbDevice -Visible).Name | Should -Be 'phone', 'pi', 'user'
        Get-CdbDevice meta -Visible | Should -BeNullOrEmpty
    }

    It 'accepts users from the pipeline' {
        (Get-CdbUser me | Get-CdbDevice).Name | Should -Contain 'phone'
    }

    It 'reports a device that does not exist' {
        { Get-CdbDevice nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
